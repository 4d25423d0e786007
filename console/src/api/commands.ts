import { post } from './request'

export interface Done<T> {
  result: T | null
  /** Number under which another person finds the registration to review; null when the command has run. */
  pendingNo: string | null
}

/** A random key; works on plain http too, where `crypto.randomUUID` does not exist. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Run a command. The same key with the same input gives the stored result and writes nothing twice. */
export async function commandRun<T = Record<string, unknown>>(
  name: string,
  input: unknown,
  key: string = newKey(),
): Promise<Done<T>> {
  const { status, data } = await post<T & { pending_no?: string }>(`/commands/${name}`, input, {
    'Idempotency-Key': key,
  })
  const isPending = status === 202
  return { result: isPending ? null : data, pendingNo: isPending ? (data.pending_no ?? '') : null }
}

/**
 * Keys of one form: trying the same input again keeps its key, so a lost answer cannot make a second write;
 * changed input is a new request and takes a new key.
 */
export class FormKeys {
  private input = ''
  private key = newKey()

  keyFor(input: unknown): string {
    const text = JSON.stringify(input)
    if (text !== this.input) {
      this.input = text
      this.key = newKey()
    }
    return this.key
  }

  /** After success the next submission is a new act, even with equal input. */
  renew(): void {
    this.input = ''
  }
}
