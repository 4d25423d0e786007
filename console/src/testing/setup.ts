import { cleanup, configure } from '@testing-library/react'
import { afterEach, beforeAll, beforeEach, vi } from 'vitest'
import { startWords } from '../i18n/setup'
import { consoleWords } from '../words'

// A busy machine takes its time; what is hidden is looked for too, which makes role queries quick.
configure({ asyncUtilTimeout: 15_000, defaultHidden: true, getElementError: (message) => new Error(message ?? '') })

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

beforeAll(async () => {
  localStorage.setItem('axle.language', 'zh-CN')
  await startWords(consoleWords)
})

/** Styles are nothing that these tests look at, and working them out is most of their time. */
function noStyles(): Partial<CSSStyleDeclaration> {
  return { display: 'block', visibility: 'visible', getPropertyValue: () => '' }
}

beforeEach(() => {
  vi.stubGlobal('getComputedStyle', noStyles)
  vi.stubGlobal('ResizeObserver', NoObserver)
  vi.stubGlobal('IntersectionObserver', NoObserver)
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }))
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})
