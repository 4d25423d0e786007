import { addCatalogue, type WordSource } from '../i18n/setup'
import type { Language } from '../i18n/languages'

type Words = Record<string, string>
interface Module<T> {
  default: T
}

const files = import.meta.glob<Module<Words>>(['../locale/shared/*.json', '../locale/phone/*.json'])

/** The phone pages' own words. */
export const phoneWords: WordSource = async (language) => {
  const wanted = Object.entries(files).filter(([path]) => path.endsWith(`/${language}.json`))
  const read = await Promise.all(wanted.map(async ([, load]) => (await load()).default))
  return { ui: Object.assign({}, ...read) as Words }
}

/** Labels of fields and enumerations, behind the sign-in. */
export async function loadLabels(language: Language): Promise<void> {
  const { default: catalogue } = await (language === 'zh-CN'
    ? import('virtual:catalogue/zh-CN/field,enum')
    : import('virtual:catalogue/en-US/field,enum'))
  addCatalogue(language, catalogue)
}
