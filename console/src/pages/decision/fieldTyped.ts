import { choicesRead, choicesText } from './choices'
import type { StrategyInput } from './decision'

/** Kinds of value that lie between two bounds. */
export const RANGED = ['integer', 'money', 'rate']
export const REFUSE = 'refuse'

/** A field as it is typed. */
export interface Typed {
  name: string
  type: string
  zh: string
  en: string
  unit?: string
  minimum?: string
  maximum?: string
  pattern?: string
  max_length?: string
  choices?: string
  items?: StrategyInput
  max_items?: string
  fields?: StrategyInput[]
  missing: string
  missing_when?: string
}

/** What the form of a field begins with. */
export function typedField(field: StrategyInput | null, types: string[]): Partial<Typed> {
  if (!field) return { type: types[0], missing: REFUSE }
  const { words, choices, minimum, maximum, max_length, items, max_items, missing, ...own } = field
  const shown = (value: string | number | null | undefined) => (value === null || value === undefined ? undefined : String(value))
  return {
    ...own,
    ...words,
    minimum: shown(minimum),
    maximum: shown(maximum),
    max_length: max_length ? String(max_length) : undefined,
    choices: choices ? choicesText(choices) : undefined,
    items: items ?? undefined,
    max_items: max_items ? String(max_items) : undefined,
    missing: missing || REFUSE,
  }
}

/** The field as it is declared: of what was typed, what its kind needs. */
export function fieldRead(typed: Typed): StrategyInput {
  const { zh, en, choices, max_length, items, max_items, fields, missing, missing_when, minimum, maximum, pattern, unit, name, type } = typed
  return {
    name,
    type,
    words: { zh, en },
    ...(unit ? { unit } : {}),
    ...(RANGED.includes(type) ? { minimum, maximum } : {}),
    ...(type === 'text' ? { pattern, max_length: Number(max_length) } : {}),
    ...(type === 'enum' ? { choices: choicesRead(choices ?? '') ?? {} } : {}),
    ...(type === 'list' && items ? { items, max_items: Number(max_items) } : {}),
    ...(type === 'record' && fields ? { fields } : {}),
    ...(missing && missing !== REFUSE ? { missing, ...(missing_when ? { missing_when } : {}) } : {}),
  }
}
