import { useState } from 'react'
import type { Params } from './filters'

export interface SavedFilter {
  name: string
  params: Params
}

const keptAs = (listing: string) => `axle.filters.${listing}`

function read(listing: string): SavedFilter[] {
  try {
    return JSON.parse(localStorage.getItem(keptAs(listing)) ?? '[]') as SavedFilter[]
  } catch {
    return []
  }
}

/** A person's named filters of one list, kept on this device. A second filter of the same name replaces the first. */
export function useSavedFilters(listing: string) {
  const [filters, setFilters] = useState(() => read(listing))
  const keep = (next: SavedFilter[]) => {
    localStorage.setItem(keptAs(listing), JSON.stringify(next))
    setFilters(next)
  }
  const others = (name: string) => filters.filter((filter) => filter.name !== name)
  return {
    filters,
    save: (name: string, params: Params) => keep([...others(name), { name, params }]),
    drop: (name: string) => keep(others(name)),
  }
}
