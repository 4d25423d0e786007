import { useQuery } from '@tanstack/react-query'
import { saveBlob, type Cell, type ExportFormat } from './lists'
import { get, pathWith, type Query } from './request'
import type { components } from './schema'
import { absolute, transport } from './transport'

type Schemas = components['schemas']
export type ReportMeta = Schemas['ReportMetaOut']
export type ReportColumn = Schemas['ReportColumnOut']
export type Question = Schemas['QuestionOut']
export type ReportCatalogue = Schemas['CatalogueOut']
export type ReportRow = Record<string, Cell>

export interface ReportPage {
  items: ReportRow[]
  total: number
  is_exact: boolean
}

export interface ReportSummary {
  total: number
  totals: ReportRow
  checks: Schemas['ReportCheckOut'][]
  groups: (ReportRow & { group: string; count: number })[]
}

export function useReportCatalogue() {
  return useQuery({ queryKey: ['reports'], queryFn: ({ signal }) => get<ReportCatalogue>('/reports', undefined, signal), staleTime: Infinity })
}

export function useReportMeta(report: string) {
  return useQuery({
    queryKey: ['report-meta', report],
    queryFn: ({ signal }) => get<ReportMeta>(`/reports/${report}/meta`, undefined, signal),
  })
}

export function useReportPage(report: string, query: Query) {
  return useQuery({
    queryKey: ['report', report, query],
    queryFn: ({ signal }) => get<ReportPage>(`/reports/${report}`, query, signal),
    placeholderData: (previous) => previous,
  })
}

/** Sums over every row; asked for beside the page, because a large book takes longer to add up than to show. */
export function useReportSummary(report: string, query: Query) {
  return useQuery({
    queryKey: ['report-summary', report, query],
    queryFn: ({ signal }) => get<ReportSummary>(`/reports/${report}/summary`, query, signal),
    placeholderData: (previous) => previous,
    staleTime: 60_000,
  })
}

/** Save every row as a file; `tell` hears how many of how many rows have come. */
export async function reportExport(report: string, query: Query, format: ExportFormat, tell: (rows: number, of: number) => void): Promise<void> {
  const response = await transport(new Request(absolute(pathWith(`/reports/${report}/export`, { ...query, format }))))
  const parts = await partsOf(response, (rows) => tell(rows, Number(response.headers.get('X-Total-Rows') ?? 0)))
  saveBlob(new Blob(parts), `${report}.${format}`)
}

const LINE_END = 10

async function partsOf(response: Response, tell: (rows: number) => void): Promise<BlobPart[]> {
  const parts: BlobPart[] = []
  const reader = response.body?.getReader()
  let lines = 0
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    parts.push(read.value)
    for (const byte of read.value) if (byte === LINE_END) lines += 1
    tell(lines)
  }
  return parts
}

/** Where the print of a report is read. */
export function reportPrintPath(report: string, query: Query): string {
  return pathWith(`/reports/${report}/print`, query)
}
