import { existsSync, readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

const ID = 'virtual:api-schemas'
const PREFIX = '/api/v1'
const COMPONENT = '#/components/schemas/'

type Json = Record<string, unknown>
interface Operation {
  tags?: string[]
  requestBody?: { content?: Record<string, { schema?: Json }> }
  responses?: Record<string, { content?: Record<string, { schema?: Json }> }>
  'x-permission'?: string
}
export interface OpenApi {
  paths?: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, Json> }
}
interface Guarded {
  permission: string | null
  schema: Json
  /** What a command answers. */
  result?: Json
}
export interface ApiSchemas {
  commands: Record<string, Guarded>
  details: Record<string, Guarded>
  /** Listing name to the permission that opens it. */
  listings: Record<string, string | null>
  components: Record<string, Json>
}

/** What pages need of the OpenAPI document: who may, command bodies, answers of GET routes, and what those name. */
export function pickSchemas(document: OpenApi): ApiSchemas {
  const picked: ApiSchemas = { commands: {}, details: {}, listings: {}, components: {} }
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    const short = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : path
    if (methods.post) pickCommand(short, methods.post, picked)
    if (methods.get) pickRead(short, methods.get, picked)
  }
  collect([picked.commands, picked.details], document.components?.schemas ?? {}, picked.components)
  return picked
}

function pickCommand(path: string, operation: Operation, into: ApiSchemas): void {
  const name = /^\/commands\/(\w+)$/.exec(path)?.[1]
  if (!name) return
  const schema = operation.requestBody?.content?.['application/json']?.schema ?? { type: 'object', properties: {} }
  const result = operation.responses?.['200']?.content?.['application/json']?.schema
  into.commands[name] = { permission: operation['x-permission'] ?? null, schema: plain(schema), ...(result ? { result: plain(result) } : {}) }
}

function pickRead(path: string, operation: Operation, into: ApiSchemas): void {
  const permission = operation['x-permission'] ?? null
  const [, listing, rest] = /^\/lists\/(\w+)(\/.+)?$/.exec(path) ?? []
  const schema = operation.responses?.['200']?.content?.['application/json']?.schema
  if (listing && !rest) into.listings[listing] = permission
  else if (path.startsWith('/reports/')) return // a report describes itself
  else if (!listing && schema) into.details[path] = { permission, schema: plain(schema) }
}

/** Follow `$ref`s until no new component is named. */
function collect(node: unknown, all: Record<string, Json>, into: Record<string, Json>): void {
  if (Array.isArray(node)) node.forEach((item) => collect(item, all, into))
  if (typeof node !== 'object' || node === null) return
  for (const [key, value] of Object.entries(node)) {
    if (key === '$ref' && typeof value === 'string') addComponent(value.replace(COMPONENT, ''), all, into)
    else collect(value, all, into)
  }
}

function addComponent(name: string, all: Record<string, Json>, into: Record<string, Json>): void {
  const schema = all[name]
  if (!schema || into[name]) return
  into[name] = plain(schema)
  collect(into[name], all, into)
}

/** Drop what is prose only: generated titles and docstrings. A property named "title" is not prose. */
function plain<T>(node: T): T {
  if (Array.isArray(node)) return node.map(plain) as T
  if (typeof node !== 'object' || node === null) return node
  const kept = Object.entries(node).filter(([key, value]) => !isProse(key, value))
  return Object.fromEntries(kept.map(([key, value]) => [key, plain(value as unknown)])) as T
}

function isProse(key: string, value: unknown): boolean {
  return (key === 'title' || key === 'description') && typeof value === 'string'
}

/** The fields of each schema and list that operations of one context alone speak of, by context and owner. */
export function ownersByContext(document: OpenApi): Record<string, Record<string, Set<string>>> {
  const all = document.components?.schemas ?? {}
  const contexts = new Map<string, Set<string>>()
  const owners: Record<string, Record<string, Set<string>>> = {}
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const { tags: [context = ''] = [], ...operation } of Object.values(methods)) {
      const named: Record<string, Json> = {}
      collect(operation, all, named)
      for (const name of Object.keys(named)) contexts.set(name, (contexts.get(name) ?? new Set()).add(context))
      const listing = /\/lists\/(\w+)$/.exec(path)?.[1]
      if (listing) (owners[context] ??= {})[listing] = new Set(Object.values(named).flatMap(propertiesOf))
    }
  }
  for (const [name, [context = '', ...others]] of [...contexts].map(([name, found]) => [name, [...found]] as const)) {
    if (!others.length) (owners[context] ??= {})[name] = new Set(propertiesOf(all[name] ?? {}))
  }
  return owners
}

function propertiesOf(schema: Json): string[] {
  return Object.keys((schema.properties as Json | undefined) ?? {})
}

/** The OpenAPI document of a file, empty while that file does not exist. */
export function readDocument(file: string): OpenApi {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf-8')) as OpenApi) : {}
}

/** `virtual:api-schemas`: the picked schemas of docs/reference/openapi.json, empty while that file does not exist. */
export function apiSchemas(file: string): Plugin {
  return {
    name: 'axle-api-schemas',
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load(id) {
      if (id !== `\0${ID}`) return null
      this.addWatchFile(file)
      return `export default ${JSON.stringify(pickSchemas(readDocument(file)))}`
    },
  }
}
