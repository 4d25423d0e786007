import type { Field } from '../schema/fields'
import type { Data } from './spec'

const NEVER = ['id', 'actions', 'version']

/** Keys of rows lead somewhere or say nothing to people; they are not shown. */
export function isForPeople(field: Field): boolean {
  return !NEVER.includes(field.key) && !(field.kind === 'integer' && field.key.endsWith('_id'))
}

/** A list of like things. */
export function isTable(field: Field): boolean {
  return Boolean(field.item?.fields.length)
}

/** A thing of several fields inside a thing. */
export function isPart(field: Field): boolean {
  return field.kind === 'object' && field.fields.length > 0
}

/** A value, or a list of values. */
export function isFact(field: Field): boolean {
  return !isTable(field) && !isPart(field) && isForPeople(field)
}

/** A part of a thing by its place, such as "form.customer"; undefined when the thing has none. */
export function partAt(place: string, fields: Field[], data: Data): { field: Field; data: Data } | undefined {
  const [key = '', ...rest] = place.split('.')
  const field = fields.find((one) => one.key === key)
  const value = data[key] as Data | null | undefined
  if (!field || value == null) return undefined
  return rest.length ? partAt(rest.join('.'), field.fields, value) : { field, data: value }
}
