import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Params } from './filters'

export const PAGE_SIZE = 20
const PAGING = ['page', 'page_size', 'sort']

export interface LedgerQuery {
  /** Everything that is sent: filters, search, sort, page. */
  params: Params
  page: number
  pageSize: number
  sort: string | undefined
  setFilters: (filters: Params) => void
  setPaging: (page: number, pageSize: number, sort: string | undefined) => void
}

/** The state of a list. A page's own list keeps it in the address, so that it can be sent, saved and gone back to. */
export function useLedgerQuery(isInAddress: boolean): LedgerQuery {
  const [address, setAddress] = useSearchParams()
  const [local, setLocal] = useState<Params>({})
  const params = useMemo(() => (isInAddress ? Object.fromEntries(address) : local), [isInAddress, address, local])
  const set = (next: Params) => (isInAddress ? setAddress(next) : setLocal(next))
  return {
    params,
    page: Number(params.page ?? 1),
    pageSize: Number(params.page_size ?? PAGE_SIZE),
    sort: params.sort,
    setFilters: (filters) => set({ ...pick(params, ['page_size', 'sort']), ...filters }),
    setPaging: (page, pageSize, sort) => set({ ...filtersOf(params), ...pagingParams(page, pageSize, sort) }),
  }
}

/** The parameters that choose rows, without page and order. */
export function filtersOf(params: Params): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !PAGING.includes(name)))
}

function pick(params: Params, names: string[]): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.includes(name)))
}

function pagingParams(page: number, pageSize: number, sort: string | undefined): Params {
  return {
    ...(page > 1 ? { page: String(page) } : {}),
    ...(pageSize === PAGE_SIZE ? {} : { page_size: String(pageSize) }),
    ...(sort ? { sort } : {}),
  }
}
