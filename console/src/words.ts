import type { Language } from './i18n/languages'
import { addCatalogue, type WordSource } from './i18n/setup'

type Words = Record<string, string>
interface Module<T> {
  default: T
}

const shared = import.meta.glob<Module<Words>>('./locale/shared/*.json')
const own = import.meta.glob<Module<Words>>('./locale/console/*.json')

async function read(files: Record<string, () => Promise<Module<Words>>>, language: Language): Promise<Words> {
  const found = Object.entries(files).find(([path]) => path.endsWith(`/${language}.json`))
  return found ? (await found[1]()).default : {}
}

/** The console's own words; the contexts' catalogues come after the sign-in. */
export const consoleWords: WordSource = async (language) => {
  const [common, words] = await Promise.all([read(shared, language), read(own, language)])
  return { ui: { ...common, ...words } }
}

/** Words of the contexts (fields, enumerations, commands, listings) in one language. */
export async function loadCatalogue(language: Language): Promise<void> {
  const { default: catalogue } = await (language === 'zh-CN'
    ? import('virtual:catalogue/zh-CN')
    : import('virtual:catalogue/en-US'))
  addCatalogue(language, catalogue)
}
