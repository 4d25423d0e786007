import type { ApiSchemas, JsonSchema } from '../api/schemas'
import { isRegion } from '../regions/useCities'

export type FieldKind =
  | 'text' | 'textarea' | 'password' | 'money' | 'rate' | 'integer' | 'number' | 'date' | 'datetime'
  | 'bool' | 'enum' | 'file' | 'path' | 'region' | 'object' | 'list' | 'map' | 'any'

/** A property of a JSON schema as forms and details see it. */
export interface Field {
  key: string
  /** Name of the schema that it belongs to; a key may have a label of its own there. */
  owner: string
  kind: FieldKind
  /** Name of the enumeration in the catalogues. */
  enumName: string
  choices: (string | number)[]
  isRequired: boolean
  /** Fields of an object, or of each item of a list of objects. */
  fields: Field[]
  /** What a list holds. */
  item: Field | null
  /** What a map holds under each name. */
  entry: Field | null
  schema: JsonSchema
}

type Components = ApiSchemas['components']

const REF = '#/components/schemas/'
const FORMATS: Record<string, FieldKind> = {
  yuan: 'money', rate: 'rate', date: 'date', 'date-time': 'datetime', 'file-id': 'file', 'api-path': 'path', textarea: 'textarea', password: 'password',
}
const TYPES: Record<string, FieldKind> = { integer: 'integer', number: 'number', boolean: 'bool', string: 'text', array: 'list' }
const LONG_TEXTS = /^(opinion|note|remark|reason|description|comment|conclusion)$|_(opinion|note|remark|reason|description)$/

interface Resolved {
  schema: JsonSchema
  name: string
  isNullable: boolean
}

/** Follow references, and unwrap "or null" and single combinations. */
export function resolve(schema: JsonSchema, components: Components, name = '', isNullable = false): Resolved {
  if (schema.$ref) {
    const target = schema.$ref.replace(REF, '')
    const found = components[target] as JsonSchema | undefined
    return resolve({ ...found, default: schema.default ?? found?.default }, components, target, isNullable)
  }
  const parts = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  const real = parts.filter((part) => part.type !== 'null')
  const [only] = real
  if (!only || real.length > 1) return { schema, name, isNullable }
  return resolve({ ...only, default: schema.default }, components, name, isNullable || real.length < parts.length)
}

/** The fields of an object schema, in the order they were declared. */
export function fieldsOf(schema: JsonSchema, components: Components): Field[] {
  const { schema: object, name: owner } = resolve(schema, components)
  const required = new Set(object.required ?? [])
  return Object.entries(object.properties ?? {}).map(([key, property]) => fieldOf(key, property, components, required.has(key), owner))
}

function fieldOf(key: string, property: JsonSchema, components: Components, isNamedRequired: boolean, owner = ''): Field {
  const { schema: own, name: ownName, isNullable } = resolve(property, components)
  const offered = own['x-choices']
  const schema = offered ? { ...(components[offered] as JsonSchema), default: own.default } : own
  const name = offered ?? ownName
  const kind = kindOf(key, schema)
  return {
    key,
    owner,
    kind,
    enumName: kind === 'enum' ? name || pascal(key) : '',
    choices: schema.enum ?? (schema.const === undefined ? [] : [schema.const]),
    isRequired: isNamedRequired && !isNullable,
    fields: kind === 'object' ? fieldsOf(property, components) : [],
    item: kind === 'list' ? fieldOf(key, schema.items ?? {}, components, true) : null,
    entry: kind === 'map' ? fieldOf(key, entriesOf(schema), components, true) : null,
    schema,
  }
}

function entriesOf({ additionalProperties }: JsonSchema): JsonSchema {
  return typeof additionalProperties === 'object' ? additionalProperties : {}
}

function kindOf(key: string, schema: JsonSchema): FieldKind {
  if (schema.enum ?? schema.const) return 'enum'
  if (schema.properties) return 'object'
  if (entriesOf(schema).type === 'string') return 'map'
  if (schema.type === 'integer' && /(^|_)file_ids?$/.test(key)) return 'file'
  const kind = FORMATS[schema.format ?? ''] ?? TYPES[schema.type ?? ''] ?? 'any'
  return kind === 'text' ? textKind(key) : kind
}

/** Plain strings that their name tells more about. */
function textKind(key: string): FieldKind {
  if (isRegion(key)) return 'region'
  if (key.endsWith('_at')) return 'datetime'
  if (key.endsWith('_on')) return 'date'
  return LONG_TEXTS.test(key) ? 'textarea' : 'text'
}

function pascal(key: string): string {
  return key.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())
}
