import type { ApiSchemas } from '../api/schemas'
import type { Page } from './spec'

/** The pages that the server offers and this person may open. */
export function openPages(pages: readonly Page[], schemas: ApiSchemas, permissions: readonly string[]): Page[] {
  const granted = new Set(permissions)
  return pages.filter((page) => {
    const needed = permissionOf(page, schemas)
    return needed !== undefined && (needed === null || granted.has(needed))
  })
}

/** The permission that opens a page; null when everyone may, undefined when the server does not offer it. */
export function permissionOf(page: Page, schemas: ApiSchemas): string | null | undefined {
  if (page.type === 'ledger') return schemas.listings[page.listing]
  if (page.type === 'detail') return schemas.details[page.spec.read]?.permission
  if (page.needs === null) return null
  if ('listing' in page.needs) return schemas.listings[page.needs.listing]
  if ('command' in page.needs) return schemas.commands[page.needs.command]?.permission
  return schemas.details[page.needs.read]?.permission
}
