import type { components } from '../../api/schema'
import type { Field, FieldKind } from '../../schema/fields'

export type Parameter = components['schemas']['ParameterOut']

const KINDS: Record<string, FieldKind> = { money: 'money', decimal: 'rate', int: 'integer', bool: 'bool', str: 'text', list: 'list' }

/** How a parameter's value is shown; lists and records by their parts. */
export function shownAs({ type }: Parameter): string {
  const kind = KINDS[type]
  return kind === undefined || kind === 'list' ? 'json' : kind
}

/** How a parameter's value is entered: its type, with its bounds where the input knows bounds. */
export function shapeOf({ type, minimum, maximum }: Parameter): Partial<Field> {
  const kind = KINDS[type] ?? 'any'
  const bounds = kind === 'integer' ? { ...bound('minimum', minimum), ...bound('maximum', maximum) } : {}
  return { kind, isRequired: kind !== 'list', schema: bounds, item: kind === 'list' ? WORD : null }
}

function bound(name: 'minimum' | 'maximum', text: string | null) {
  return text === null ? {} : { [name]: Number(text) }
}

const WORD: Field = { key: 'value', kind: 'text', enumName: '', choices: [], isRequired: true, fields: [], item: null, entry: null, owner: '', schema: {} }
