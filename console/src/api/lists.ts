import { useQuery } from '@tanstack/react-query'
import { get, getBlob, type Query } from './request'

export interface ListingColumn {
  key: string
  kind: string
  enum: string | null
  link: string | null
  sortable: boolean
  hidden: boolean
}

export interface ListingFilter {
  key: string
  kind: string
  enum: string | null
  choices: string[] | null
}

export interface ListingMeta {
  name: string
  columns: ListingColumn[]
  filters: ListingFilter[]
  search: string[]
  default_sort: string
  totals: string[]
  row_link: string
  toolbar: string[]
  row_actions: string[]
  /** The filter whose choices are offered as tabs. */
  tabs?: string
}

export type Cell = string | number | boolean | null
/** A row of a list, with the commands that its state allows this person. */
export type Row = Record<string, Cell> & { id: number | string; actions: string[] }

export interface ListingPage {
  items: Row[]
  /** How many rows there are, as far as a person can page; beyond that it is not exact, and totals are in the summary. */
  total: number
  is_exact: boolean
  totals: Record<string, string | number>
}

export interface ListingSummary {
  total: number
  totals: Record<string, string | number>
}

/** What a listing has: the same for everyone in a role, so it is read once. */
export function useListingMeta(listing: string) {
  return useQuery({
    queryKey: ['listing-meta', listing],
    queryFn: ({ signal }) => get<ListingMeta>(`/lists/${listing}/meta`, undefined, signal),
    staleTime: Infinity,
  })
}

export function useListing(listing: string, query: Query, isEnabled = true) {
  return useQuery({
    queryKey: ['list', listing, query],
    queryFn: ({ signal }) => get<ListingPage>(`/lists/${listing}`, query, signal),
    placeholderData: (previous) => previous,
    enabled: isEnabled,
  })
}

/** The exact figures over all chosen rows, asked for only when the page does not have them. */
export function useListingSummary(listing: string, query: Query, isEnabled: boolean) {
  return useQuery({
    queryKey: ['list-summary', listing, query],
    queryFn: ({ signal }) => get<ListingSummary>(`/lists/${listing}/summary`, query, signal),
    enabled: isEnabled,
    staleTime: 60_000,
  })
}

export type ExportFormat = 'csv' | 'xlsx'

/** Save the chosen rows as a file. */
export async function listingExport(listing: string, query: Query, format: ExportFormat): Promise<void> {
  const blob = await getBlob(`/lists/${listing}/export`, { ...query, format })
  saveBlob(blob, `${listing}.${format}`)
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
