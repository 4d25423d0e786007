import { get } from '../api/request'
import type { Labels } from '../i18n/words'
import type { Reference, ReferenceRow } from './references'

export type Choice = string | number
export interface Option {
  value: Choice
  label: string
  group: string
}

const FOUND_AT_ONCE = 30

/** The rows that a reference offers: a short list whole, of a listing what the query finds. */
export async function rowsOf(reference: Reference, query: Record<string, string>, signal: AbortSignal): Promise<ReferenceRow[]> {
  if ('path' in reference) return get<ReferenceRow[]>(reference.path, undefined, signal)
  const answer = await get<{ items: ReferenceRow[] }>(`/lists/${reference.listing}`, { ...query, page_size: FOUND_AT_ONCE }, signal)
  return answer.items
}

export function optionOf(reference: Reference, row: ReferenceRow, labels: Labels): Option {
  const { label, group } = reference
  const text = typeof label === 'function' ? label(row, labels) : label.map((key) => row[key]).filter(Boolean).join(' ')
  return { value: row[reference.value ?? 'id'] as Choice, label: text, group: group?.(row, labels) ?? '' }
}
