/** What a browser itself shows of not being an ordinary person's device. */
export type Trace =
  | 'webdriver' | 'headless' | 'emulator_renderer' | 'virtual_renderer' | 'platform_contradiction' | 'touch_contradiction'
  | 'software_renderer' | 'no_plugins' | 'no_languages'

/** As much of a window as is looked at. */
export interface Seen {
  navigator: {
    userAgent: string
    platform: string
    maxTouchPoints: number
    languages: readonly string[]
    webdriver?: boolean
    plugins?: { length: number }
  }
  document: Pick<Document, 'createElement'>
}

const RENDERERS: [RegExp, Trace][] = [
  [/Android Emulator|Genymotion|BlueStacks|Nox|MuMu|LDPlayer/i, 'emulator_renderer'],
  [/VMware|VirtualBox|Parallels|SVGA3D|virgl|QXL|Hyper-V/i, 'virtual_renderer'],
  [/SwiftShader|llvmpipe|softpipe|Software|Basic Render/i, 'software_renderer'],
]
const PHONE = /Android|iPhone|iPod/
const DESKTOP_PLATFORM = /^(Win|Mac|Linux x86_64|Linux i\d86)/

/** The traces, each with its own honest meaning; what cannot be seen is none. */
export function traces({ navigator, document }: Seen): Trace[] {
  const { userAgent } = navigator
  const isPhone = PHONE.test(userAgent)
  const isChromium = /Chrome\//.test(userAgent)
  const found: (Trace | false | undefined)[] = [
    navigator.webdriver === true && 'webdriver',
    /Headless|PhantomJS/.test(userAgent) && 'headless',
    isPhone && DESKTOP_PLATFORM.test(navigator.platform) && 'platform_contradiction',
    isPhone && navigator.maxTouchPoints === 0 && 'touch_contradiction',
    !isPhone && isChromium && navigator.plugins?.length === 0 && 'no_plugins',
    navigator.languages.length === 0 && 'no_languages',
    RENDERERS.find(([pattern]) => pattern.test(rendererOf(document)))?.[1],
  ]
  return found.filter((trace): trace is Trace => !!trace)
}

/** What draws: the name of the graphics chip, of a program in its place, or nothing where the browser does not say. */
function rendererOf(document: Seen['document']): string {
  try {
    const gl = document.createElement('canvas').getContext('webgl')
    const named = gl?.getExtension('WEBGL_debug_renderer_info')
    const name: unknown = gl?.getParameter(named?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER)
    gl?.getExtension('WEBGL_lose_context')?.loseContext()
    return typeof name === 'string' ? name : ''
  } catch {
    return ''
  }
}
