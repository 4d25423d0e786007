/** Verbs that take something back or end it; the person is asked first and the button is red. */
const DANGEROUS = new Set([
  'cancel', 'close', 'decline', 'delete', 'disable', 'leave', 'reject', 'remove', 'reverse', 'revoke', 'suspend', 'terminate', 'unclaim', 'void',
  'waive', 'withdraw',
])

export function isDangerous(command: string): boolean {
  return DANGEROUS.has(command.split('_').at(-1) ?? '')
}
