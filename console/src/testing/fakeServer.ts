import { vi } from 'vitest'

export interface Asked {
  method: string
  path: string
  query: Record<string, string>
  headers: Headers
  body: unknown
}
type Answer = { status?: number; body: unknown } | ((asked: Asked) => { status?: number; body: unknown })

/** A server of a few routes ("GET /lists/loans") in place of `fetch`; keeps what it was asked. */
export function fakeServer(routes: Record<string, Answer>) {
  const asked: Asked[] = []
  const answer = async (input: Request): Promise<Response> => {
    const url = new URL(input.url)
    const path = url.pathname.replace('/api/v1', '')
    const text = input.method === 'POST' ? await input.clone().text() : ''
    const question: Asked = {
      method: input.method,
      path,
      query: Object.fromEntries(url.searchParams),
      headers: input.headers,
      body: text ? (JSON.parse(text) as unknown) : null,
    }
    asked.push(question)
    const route = routes[`${input.method} ${path}`]
    if (!route) return Response.json({ code: 'not_found', message: `no route ${input.method} ${path}` }, { status: 404 })
    const { status = 200, body } = typeof route === 'function' ? route(question) : route
    return Response.json(body, { status })
  }
  vi.stubGlobal('fetch', answer)
  return { asked, posts: () => asked.filter(({ method }) => method === 'POST') }
}
