import type { ComponentType, LazyExoticComponent } from 'react'
import type { DetailSpec } from '../detail/spec'
import type { WordKey } from '../i18n/words'

/** The groups of the menu, in the order of the institution's day. */
export const MENUS = [
  'workbench', 'intake', 'review', 'contract', 'disbursement', 'loan', 'finance', 'channel', 'vehicle', 'customer', 'product', 'risk',
  'report', 'system',
] as const
export type Menu = (typeof MENUS)[number]

type Component = LazyExoticComponent<ComponentType>

/** A list that the server describes. */
export interface LedgerPage {
  type: 'ledger'
  menu: Menu
  path: string
  listing: string
  /** Shown above the list besides its own commands. */
  toolbar?: Component
}

/** One thing, opened from lists. */
export interface DetailPage {
  type: 'detail'
  menu: Menu
  path: string
  spec: DetailSpec
}

/** A hand-made page. */
export interface CustomPage {
  type: 'custom'
  menu: Menu
  path: string
  title: WordKey
  component: Component
  /** A person needs what this GET path, listing or command needs; null is for everyone. */
  needs: { read: string } | { listing: string } | { command: string } | null
  /** Reached from other pages, not from the menu. */
  isHidden?: boolean
}

export type Page = LedgerPage | DetailPage | CustomPage

export function ledger(menu: Menu, path: string, listing: string, toolbar?: Component): LedgerPage {
  return { type: 'ledger', menu, path, listing, ...(toolbar ? { toolbar } : {}) }
}

export function detail(menu: Menu, path: string, spec: DetailSpec): DetailPage {
  return { type: 'detail', menu, path, spec }
}

export function custom(menu: Menu, path: string, title: WordKey, component: Component, needs: CustomPage['needs']): CustomPage {
  return { type: 'custom', menu, path, title, component, needs }
}

/** The same page without a menu entry. */
export function hiddenPage(page: CustomPage): CustomPage {
  return { ...page, isHidden: true }
}
