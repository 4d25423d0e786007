import { ApiError, errorOf } from './error'

/** What every request carries, and what everyone must hear of: language, CSRF token, the end of the session. */
const state = { csrf: '', language: 'zh-CN' }
const listeners = { signedOut: new Set<() => void>(), reachable: new Set<(isReachable: boolean) => void>() }

export const API = '/api/v1'

export function setCsrfToken(token: string): void {
  state.csrf = token
}

export function setRequestLanguage(language: string): void {
  state.language = language
}

/** Called when the server says that the session is over. Gives the way to stop listening. */
export function onSignedOut(listener: () => void): () => void {
  listeners.signedOut.add(listener)
  return () => listeners.signedOut.delete(listener)
}

export function onReachable(listener: (isReachable: boolean) => void): () => void {
  listeners.reachable.add(listener)
  return () => listeners.reachable.delete(listener)
}

/** The page a person is on; the operation log keeps it with the write. */
function pageShown(): string {
  return encodeURI(window.location.hash.split('?')[0] ?? '').slice(0, 120)
}

function prepared(request: Request): Request {
  request.headers.set('Accept-Language', state.language)
  if (request.method !== 'GET') {
    request.headers.set('X-CSRFToken', state.csrf)
    request.headers.set('X-Axle-Control', pageShown())
  }
  return request
}

async function deliver(request: Request): Promise<Response> {
  try {
    const response = await fetch(request)
    listeners.reachable.forEach((listener) => listener(true))
    return response
  } catch (cause) {
    if (request.signal.aborted) throw cause
    listeners.reachable.forEach((listener) => listener(false))
    throw new ApiError(0, { code: 'unreachable' })
  }
}

async function renewCsrfToken(): Promise<void> {
  const response = await fetch(absolute(`${API}/session`), { credentials: 'same-origin' })
  if (response.ok) setCsrfToken(((await response.json()) as { csrf_token: string }).csrf_token)
}

async function sent(request: Request): Promise<Response> {
  const retry = request.clone()
  const response = await deliver(prepared(request))
  if (response.ok) return response
  const error = await errorOf(response)
  if (error.code !== 'csrf_refused') throw error
  await renewCsrfToken()
  const second = await deliver(prepared(retry))
  if (!second.ok) throw await errorOf(second)
  return second
}

/** `fetch` with the house rules; throws ApiError for every answer that is not 2xx. */
export async function transport(request: Request): Promise<Response> {
  try {
    return await sent(request)
  } catch (error) {
    if (error instanceof ApiError && error.code === 'not_signed_in') {
      listeners.signedOut.forEach((listener) => listener())
    }
    throw error
  }
}

export function absolute(path: string): string {
  return new URL(path, window.location.origin).toString()
}
