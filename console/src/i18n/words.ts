import i18next from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/error'
import type consoleWords from '../locale/console/zh-CN.json'
import type phoneWords from '../locale/phone/zh-CN.json'
import type sharedWords from '../locale/shared/zh-CN.json'
import { isLanguage, type Language } from './languages'

export type WordKey = keyof typeof sharedWords | keyof typeof consoleWords | keyof typeof phoneWords
type Params = Record<string, string | number>
export type Say = (key: WordKey, params?: Params) => string

/** The interface's own words: `say('ledger.export')`. A key that does not exist does not compile. */
export function useWords(): Say {
  const { t } = useTranslation('ui')
  return useMemo(() => (key, params) => t(key, params ?? {}), [t])
}

export function useLanguage(): Language {
  const { i18n } = useTranslation('ui')
  return isLanguage(i18n.language) ? i18n.language : 'zh-CN'
}

function label(lng: Language, section: string, key: string): string {
  return i18next.exists(key, { ns: section, lng }) ? i18next.t(key, { ns: section, lng }) : key
}

/** Names from the contexts' catalogues; a key without words shows itself. */
export interface Labels {
  field: (key: string) => string
  /** A field's own label in its schema, else the common one of its key. */
  fieldOf: (field: { key: string; owner: string }) => string
  enumText: (name: string, member: string) => string
  /** Every member of an enumeration that has words, by their order in them. */
  members: (name: string) => { value: string; label: string }[]
  command: (name: string) => string
  listing: (name: string) => string
  menu: (key: string) => string
  permission: (name: string) => string
  text: (key: string) => string
}

/** Enumerations whose members have their words in a section of their own. */
const SECTIONS: Record<string, string> = { Command: 'command', Permission: 'permission', Parameter: 'parameter', Report: 'report' }

function membersOf(language: Language, name: string): { value: string; label: string }[] {
  const section = SECTIONS[name] ?? 'enum'
  const words = (i18next.getResourceBundle(language, section) ?? {}) as Record<string, string>
  const prefix = section === 'enum' ? `${name}/` : ''
  const members = Object.entries(words).filter(([key]) => key.startsWith(prefix))
  const compare = new Intl.Collator(language).compare
  return members.map(([key, text]) => ({ value: key.slice(prefix.length), label: text })).sort((one, other) => compare(one.label, other.label))
}

const labelsIn = (language: Language): Labels => ({
  field: (key) => label(language, 'field', key),
  fieldOf: ({ key, owner }) => {
    const own = label(language, 'field', `${owner}/${key}`)
    return own === `${owner}/${key}` ? label(language, 'field', key) : own
  },
  enumText: (name, member) => {
    const section = SECTIONS[name]
    if (section) return label(language, section, member)
    const shown = label(language, 'enum', `${name}/${member}`)
    return shown === `${name}/${member}` ? member : shown
  },
  members: (name) => membersOf(language, name),
  command: (name) => label(language, 'command', name),
  listing: (name) => label(language, 'listing', name),
  menu: (key) => label(language, 'menu', key),
  permission: (name) => label(language, 'permission', name),
  text: (key) => label(language, 'text', key),
})

export function useLabels(): Labels {
  const language = useLanguage()
  return useMemo(() => labelsIn(language), [language])
}

/** What went wrong, in words: the server's own sentence, else ours. */
export function errorText(error: unknown, say: Say): string {
  if (error instanceof ApiError) return error.status === 0 ? say('error.unreachable') : error.message
  return say('error.unexpected')
}
