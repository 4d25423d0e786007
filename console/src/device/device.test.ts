import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deviceTold, deviceToken, placeAsked } from './device'
import { traces, type Seen } from './traces'

const PHONE = 'Mozilla/5.0 (Linux; Android 14; V2304A) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36'
const DESKTOP = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36'

function seen(navigator: Partial<Seen['navigator']>, renderer = 'Adreno (TM) 740'): Seen {
  const gl = { RENDERER: 1, getExtension: () => null, getParameter: () => renderer }
  return {
    navigator: { userAgent: PHONE, platform: 'Linux aarch64', maxTouchPoints: 5, languages: ['zh-CN'], webdriver: false, plugins: { length: 0 }, ...navigator },
    document: { createElement: () => ({ getContext: () => gl }) } as unknown as Document,
  }
}

describe('traces', () => {
  it('of an ordinary phone and an ordinary desktop are none', () => {
    expect(traces(seen({}))).toEqual([])
    const desktop = { userAgent: DESKTOP, platform: 'Win32', maxTouchPoints: 0, plugins: { length: 5 } }
    expect(traces(seen(desktop, 'ANGLE (Intel, Intel(R) UHD Graphics)'))).toEqual([])
  })

  it.each([
    [{ webdriver: true }, '', ['webdriver']],
    [{ userAgent: `${PHONE} HeadlessChrome/130` }, '', ['headless']],
    [{ platform: 'Linux x86_64' }, '', ['platform_contradiction']],
    [{ maxTouchPoints: 0 }, '', ['touch_contradiction']],
    [{ userAgent: DESKTOP, platform: 'Win32' }, '', ['no_plugins']],
    [{ languages: [] }, '', ['no_languages']],
    [{}, 'Android Emulator OpenGL ES Translator', ['emulator_renderer']],
    [{}, 'VMware SVGA 3D', ['virtual_renderer']],
    [{}, 'Google SwiftShader', ['software_renderer']],
  ])('%o %s', (navigator, renderer, expected) => {
    expect(traces(seen(navigator, renderer))).toEqual(expected)
  })
})

describe('the device', () => {
  beforeEach(() => localStorage.clear())
  afterEach(() => localStorage.clear())

  it('keeps its token, and tells nothing of the page', () => {
    expect(localStorage.getItem('axle.device')).toBeNull()
    const told = deviceTold()
    expect(told.token).toMatch(/^web-[0-9a-z]{32}$/)
    expect(deviceToken()).toBe(told.token)
    expect(Object.keys(told).toSorted()).toEqual(['is_agreed', 'language', 'time_zone', 'token', 'traces', 'utc_offset_minutes'])
  })

  it('tells where it is to a kilometre, and only if the person permits', async () => {
    const coords = { latitude: 30.274085, longitude: 120.15507, accuracy: 23.6 }
    const permits = { getCurrentPosition: (found: (at: unknown) => void) => found({ coords }) } as unknown as Geolocation
    expect(await placeAsked(permits)).toEqual({ latitude: '30.27', longitude: '120.16', accuracy_m: 24 })
    const refuses = { getCurrentPosition: (_: unknown, refused: () => void) => refused() } as unknown as Geolocation
    expect(await placeAsked(refuses)).toBeUndefined()
    expect(await placeAsked(null)).toBeUndefined()
  })
})
