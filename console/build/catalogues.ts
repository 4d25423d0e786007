import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { type OpenApi, ownersByContext, readDocument } from './apiSchemas.ts'

export const LANGUAGES = ['zh-CN', 'en-US'] as const
export type Language = (typeof LANGUAGES)[number]
type Words = Record<string, string>
interface Section {
  [key: string]: string | Section
}
export type Catalogue = Record<string, Words>

const PREFIX = 'virtual:catalogue/'

/** Files of one language, every context's in a stable order. */
export function catalogueFiles(root: string, language: Language): string[] {
  const contexts = join(root, 'src', 'axle')
  return readdirSync(contexts)
    .sort()
    .map((context) => join(contexts, context, 'locale', `${language}.json`))
    .filter((path) => existsSync(path))
}

/** Merge the contexts' sections; a key has the same words in all of them. Nested keys are joined by a slash: "DealerStatus/active". */
export function mergeCatalogues(files: string[]): Catalogue {
  const merged: Catalogue = {}
  for (const file of files) {
    const sections = JSON.parse(readFileSync(file, 'utf-8')) as Record<string, Section>
    for (const [name, section] of Object.entries(sections)) {
      merged[name] = { ...flatten(section), ...merged[name] }
    }
  }
  return merged
}

function flatten(section: Section, prefix = ''): Words {
  const words: Words = {}
  for (const [key, value] of Object.entries(section)) {
    if (typeof value === 'string') words[prefix + key] = value
    else Object.assign(words, flatten(value, `${prefix}${key}/`))
  }
  return words
}

/** What a context calls its fields ("@servicing/code") under each of its schemas and lists that has one ("PaperSignIn/code"). */
export function ownFields(fields: Words, document: OpenApi): Words {
  const owners = ownersByContext(document)
  const own: Words = {}
  for (const [path, words] of Object.entries(fields)) {
    const [, context = '', key = ''] = /^@(\w+)\/(\w+)$/.exec(path) ?? []
    for (const [owner, keys] of Object.entries(owners[context] ?? {})) if (keys.has(key)) own[`${owner}/${key}`] = words
  }
  return { ...own, ...fields }
}

/** `virtual:catalogue/zh-CN` is the merged catalogue; `virtual:catalogue/zh-CN/enum,error` only those sections. */
export function catalogues(root: string, openapi: string): Plugin {
  return {
    name: 'axle-catalogues',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return null
      const [language, sections] = id.slice(PREFIX.length + 1).split('/')
      const files = catalogueFiles(root, language as Language)
      ;[...files, openapi].forEach((file) => this.addWatchFile(file))
      const merged = mergeCatalogues(files)
      merged.field = ownFields(merged.field ?? {}, readDocument(openapi))
      const wanted = sections ? sections.split(',') : Object.keys(merged)
      const picked = Object.fromEntries(wanted.map((name) => [name, merged[name] ?? {}]))
      return `export default ${JSON.stringify(picked)}`
    },
  }
}
