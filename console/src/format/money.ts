/** Amounts are yuan strings with two decimals ("1234.50"); sums go through whole fen, never through a float. */

const YUAN = /^(-?)(\d{1,14})(?:\.(\d{1,2}))?$/

export function isYuan(text: string): boolean {
  return YUAN.test(text)
}

/** Whole fen of a yuan string. Throws RangeError for anything else. */
export function fen(text: string): bigint {
  const match = YUAN.exec(text)
  if (!match) throw new RangeError(`not an amount: ${text}`)
  const [, sign, whole = '0', cents = ''] = match
  const value = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'))
  return sign ? -value : value
}

/** The yuan string of whole fen. */
export function yuan(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0')
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export function sumYuan(amounts: readonly string[]): string {
  return yuan(amounts.reduce((sum, amount) => sum + fen(amount), 0n))
}

/** "1234567.5" as "1,234,567.50"; text that is no amount is shown as it is. */
export function showYuan(text: string): string {
  if (!isYuan(text)) return text
  const [whole = '', cents = ''] = yuan(fen(text)).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}
