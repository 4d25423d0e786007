import { yuan } from '../format/money'
import type { Field } from '../schema/fields'

export type Values = Record<string, unknown>

const IDENTITIES = /(_no|^no|^version|^code|^username)$/

/** Keys of what a command may be about: "dealer_id" and "dealer_account_id" of "dealer_account_change". */
function ownKeys(command: string): string[] {
  const words = command.split('_').slice(0, -1)
  return words.map((_, index) => `${words.slice(0, index + 1).join('_')}_id`)
}

/**
 * What the row or detail behind a button already settles: which thing the command is about and which version of
 * it the person saw. These are sent as they are and not offered for typing.
 */
export function identityOf(command: string, fields: Field[], known: Values): Values {
  const own = ownKeys(command)
  const identity: Values = {}
  for (const { key } of fields) {
    if (IDENTITIES.test(key) && known[key] != null && !isMasked(known[key])) identity[key] = known[key]
    if (own.includes(key)) {
      const id = known[key] ?? known.id
      if (id != null) identity[key] = id
    }
  }
  return identity
}

/** What the form starts with: the present values of the thing, else the schema's defaults. Masked text is left out. */
export function startValues(fields: Field[], known: Values): Values {
  const start: Values = {}
  for (const field of fields) {
    const value = known[field.key] ?? defaultOf(field) ?? (field.fields.length ? startValues(field.fields, {}) : neededItems(field))
    if (value !== undefined && !isMasked(value)) start[field.key] = value
  }
  return start
}

/** A list of things that may not be shorter starts with that many, to be filled in. */
function neededItems({ item, schema }: Field): Values[] | undefined {
  if (!item?.fields.length || !schema.minItems) return undefined
  return Array.from({ length: schema.minItems }, () => startValues(item.fields, {}))
}

/** The schema's default; of an amount it is written in fen and shown in yuan. */
function defaultOf({ kind, schema }: Field): unknown {
  return kind === 'money' && typeof schema.default === 'number' ? yuan(BigInt(schema.default)) : schema.default
}

/** Whether a value, or anything in it, is shown masked: it is no answer to send back. */
function isMasked(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('**')
  return typeof value === 'object' && value !== null && Object.values(value).some(isMasked)
}

/** The input to send: nothing that was left empty, at any depth. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty).filter((item) => item !== undefined)
  if (typeof value !== 'object' || value === null) return value === '' || value === null ? undefined : value
  const kept = Object.entries(value)
    .map(([key, item]) => [key, withoutEmpty(item)] as const)
    .filter(([, item]) => item !== undefined)
  return kept.length ? Object.fromEntries(kept) : undefined
}

const DAYS_OF_AN_ACT = ['on', 'value_on']

/** The day of what is being done is the business date, unless the person says otherwise. */
export function todayIn(fields: Field[], businessDate: string): Values {
  const days = fields.filter(({ key, kind }) => kind === 'date' && DAYS_OF_AN_ACT.includes(key))
  return Object.fromEntries(days.map(({ key }) => [key, businessDate]))
}
