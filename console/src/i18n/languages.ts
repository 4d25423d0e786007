export const LANGUAGES = ['zh-CN', 'en-US'] as const
export type Language = (typeof LANGUAGES)[number]

const KEPT_AS = 'axle.language'

export function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text)
}

/** The language a person chose on this device, else the browser's, else Chinese. */
export function startLanguage(): Language {
  const kept = localStorage.getItem(KEPT_AS)
  if (isLanguage(kept)) return kept
  return navigator.language.toLowerCase().startsWith('en') ? 'en-US' : 'zh-CN'
}

export function hasChosenLanguage(): boolean {
  return isLanguage(localStorage.getItem(KEPT_AS))
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(KEPT_AS, language)
}
