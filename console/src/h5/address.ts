const AREAS = ['dealer', 'field', 'me', 'verify']

/**
 * The page behind a short address: "/me#/sign/abc", as a text message writes it, is the page "#/me/sign/abc".
 * Other addresses stay as they are.
 */
export function addressHash(pathname: string, hash: string): string {
  const area = pathname.split('/').at(-1) ?? ''
  if (!AREAS.includes(area)) return hash || '#/'
  const page = hash.replace(/^#\/?/, '')
  return AREAS.includes(page.split('/')[0] ?? '') ? hash : `#/${area}${page ? `/${page}` : ''}`
}
