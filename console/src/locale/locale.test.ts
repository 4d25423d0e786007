import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogueFiles, LANGUAGES, mergeCatalogues, ownFields } from '../../build/catalogues'

const HERE = join(process.cwd(), 'src', 'locale')
const ROOT = join(process.cwd(), '..')

const placeholders = (text: string) => Array.from(text.matchAll(/\{\w+\}/g), String).sort()
const own = (part: string, language: string) =>
  JSON.parse(readFileSync(join(HERE, part, `${language}.json`), 'utf-8')) as Record<string, string>

describe.each(['shared', 'console', 'phone'])('the words of %s', (part) => {
  const [chinese, english] = [own(part, 'zh-CN'), own(part, 'en-US')]

  it('are there in both languages, in order', () => {
    expect(Object.keys(english)).toEqual(Object.keys(chinese))
    expect(Object.keys(chinese)).toEqual(Object.keys(chinese).toSorted())
  })

  it('take the same values, and none is empty', () => {
    for (const [key, text] of Object.entries(chinese)) {
      expect(text, key).not.toBe('')
      expect(placeholders(english[key] ?? ''), key).toEqual(placeholders(text))
    }
  })
})

describe("the contexts' catalogues", () => {
  it('are there in both languages', () => {
    for (const context of readdirSync(join(ROOT, 'src', 'axle'))) {
      const present = LANGUAGES.filter((language) => existsSync(join(ROOT, 'src/axle', context, 'locale', `${language}.json`)))
      expect([0, LANGUAGES.length], context).toContain(present.length)
    }
  })

  it('name the same keys', () => {
    const [chinese, english] = LANGUAGES.map((language) => mergeCatalogues(catalogueFiles(ROOT, language)))
    for (const section of Object.keys(chinese ?? {})) {
      expect(Object.keys(english?.[section] ?? {}).sort(), section).toEqual(Object.keys(chinese?.[section] ?? {}).sort())
    }
  })

  it('name a field as its own context does, in its schemas and lists', () => {
    const shown = (name: string) => ({ content: { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } } })
    const document = {
      paths: {
        '/api/v1/commands/sign': { post: { tags: ['servicing'], requestBody: shown('SignIn'), responses: { '200': shown('Done') } } },
        '/api/v1/lists/letters': { get: { tags: ['servicing'], responses: { '200': shown('LetterRow') } } },
        '/api/v1/commands/name': { post: { tags: ['platform'], requestBody: shown('NameIn'), responses: { '200': shown('Done') } } },
      },
      components: { schemas: Object.fromEntries(['SignIn', 'LetterRow', 'NameIn', 'Done'].map((name) => [name, { properties: { code: {} } }])) },
    }
    const words = { code: 'Code', '@servicing/code': 'Code of the text message', '@servicing/role': 'Signs as' }
    expect(ownFields(words, document)).toEqual({
      ...words,
      'SignIn/code': 'Code of the text message',
      'LetterRow/code': 'Code of the text message',
      'letters/code': 'Code of the text message',
    })
  })

  it('have the enumerations that the pages ask for', () => {
    const known = Object.keys(mergeCatalogues(catalogueFiles(ROOT, 'zh-CN')).enum ?? {}).map((key) => key.split('/')[0])
    const pages = readdirSync(join(HERE, '..'), { recursive: true, encoding: 'utf-8' }).filter((path) => /\.tsx?$/.test(path))
    const asked = pages.flatMap((path) =>
      Array.from(readFileSync(join(HERE, '..', path), 'utf-8').matchAll(/(?:enumText\('|StateTag name=")(\w+)/g), ([, name]) => name),
    )
    expect(asked.length).toBeGreaterThan(10)
    expect(asked.filter((name) => name !== 'Parameter' && !known.includes(name ?? ''))).toEqual([])
  })
})
