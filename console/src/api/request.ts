import { API, absolute, transport } from './transport'

export type Query = Record<string, string | number | boolean | undefined>

/** An API path with its query; parameters that are empty are left out. */
export function pathWith(path: string, query: Query = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') params.set(name, String(value))
  }
  const text = params.toString()
  return API + path + (text ? `?${text}` : '')
}

/** Read JSON by a path that is only known at run time (`/dealers/7`). */
export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  const response = await transport(new Request(absolute(pathWith(path, query)), { signal: signal ?? null }))
  return (await response.json()) as T
}

/** Read a file. */
export async function getBlob(path: string, query?: Query): Promise<Blob> {
  const response = await transport(new Request(absolute(pathWith(path, query))))
  return response.blob()
}

/** Send JSON; the answer's status tells 200 from 202. */
export async function post<T>(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; data: T }> {
  const request = new Request(absolute(API + path), {
    method: 'POST',
    body: body instanceof FormData ? body : JSON.stringify(body),
    headers: body instanceof FormData ? headers : { 'Content-Type': 'application/json', ...headers },
  })
  const response = await transport(request)
  return { status: response.status, data: (await response.json()) as T }
}

export async function remove(path: string): Promise<void> {
  await transport(new Request(absolute(API + path), { method: 'DELETE' }))
}
