import { useQuery } from '@tanstack/react-query'
import type { components } from '../../api/schema'
import { get } from '../../api/request'

type Schemas = components['schemas']

export type TrialBalanceAnswer = Schemas['TrialBalanceOut']
export type TrialRow = TrialBalanceAnswer['rows'][number]
export type AccountLedgerAnswer = Schemas['AccountLedgerOut']
export type LedgerLine = AccountLedgerAnswer['items'][number]
export type LegalEntity = Schemas['LegalEntityOut']

/** Columns of amounts in a trial balance, in pairs. */
export const SPANS = ['opening', 'period', 'year', 'closing'] as const
export const SIDES = ['debit', 'credit'] as const

/** The companies that keep books. */
export function useLegalEntities() {
  return useQuery({
    queryKey: ['legal-entities'],
    queryFn: () => get<LegalEntity[]>('/organisation/legal-entities'),
    staleTime: Infinity,
  })
}

/** "2026-11" as the server's 202611. */
export function periodNo(month: string): number {
  return Number(month.replace('-', ''))
}
