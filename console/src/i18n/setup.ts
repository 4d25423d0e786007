import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn'
import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setRequestLanguage } from '../api/transport'
import { keepLanguage, startLanguage, type Language } from './languages'

type Words = Record<string, string>
/** Reads what an entry shows in one language: its own words, and sections of the contexts' catalogues. */
export type WordSource = (language: Language) => Promise<{ ui: Words; catalogue?: Record<string, Words> }>

let source: WordSource = () => Promise.resolve({ ui: {} })

async function load(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'ui')) return
  const { ui, catalogue = {} } = await source(language)
  i18next.addResourceBundle(language, 'ui', ui)
  addCatalogue(language, catalogue)
}

/** Add sections of the contexts' catalogues after the start (the console reads them behind the sign-in). */
export function addCatalogue(language: Language, catalogue: Record<string, Words>): void {
  for (const [section, words] of Object.entries(catalogue)) i18next.addResourceBundle(language, section, words)
}

function show(language: Language): void {
  dayjs.locale(language === 'zh-CN' ? 'zh-cn' : 'en')
  document.documentElement.lang = language
  setRequestLanguage(language)
}

/** Start in the person's language. Keys are flat; placeholders are written {name}, as in the server's catalogues. */
export async function startWords(wordSource: WordSource): Promise<void> {
  source = wordSource
  const language = startLanguage()
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    resources: {},
    defaultNS: 'ui',
    keySeparator: false,
    nsSeparator: '|',
    interpolation: { prefix: '{', suffix: '}', escapeValue: false },
  })
  await load(language)
  show(language)
}

export async function changeLanguage(language: Language): Promise<void> {
  await load(language)
  keepLanguage(language)
  show(language)
  await i18next.changeLanguage(language)
}
