import { createContext, use, type ReactNode } from 'react'
import { Link } from 'react-router'
import { fillPath } from './path'
import type { Page } from './spec'

type Data = Record<string, unknown>

/** Which page shows the thing that a key names. */
const TARGETS: Record<string, string> = {
  application_no: '/intake/applications/{application_id}',
  contract_no: '/contract/contracts/{contract_id}',
  customer_name: '/customer/customers/{customer_id}',
  customer_no: '/customer/customers/{customer_id}',
  dealer_name: '/channel/dealers/{dealer_id}',
  disbursement_no: '/disbursement/disbursements/{disbursement_id}',
  document_no: '/contract/documents/{document_id}',
  entry_no: '/finance/vouchers/{entry_no}',
  change_no: '/loan/changes/{change_no}',
  loan_no: '/loan/loans/{loan_no}',
  order_no: '/disbursement/payment-orders/{order_no}',
  receipt_no: '/loan/receipts/{receipt_no}',
  record_no: '/risk/decisions/{record_id}',
  retry_of: '/disbursement/payment-orders/{retry_of}',
  reversal_of: '/finance/vouchers/{reversal_of}',
  reversed_by: '/finance/vouchers/{reversed_by}',
  vehicle_name: '/vehicle/vehicles/{vehicle_id}',
  vin: '/vehicle/vehicles/{vehicle_id}',
}

/** Things that are named by their kind and key. */
const SUBJECTS: Record<string, string> = {
  application: '/intake/applications/{subject_id}',
  contract: '/contract/contracts/{subject_id}',
  customer: '/customer/customers/{subject_id}',
  scorecard_version: '/risk/scorecards/{subject_id}',
  strategy_version: '/risk/strategy-versions/{subject_id}',
  strategy_trial: '/risk/trials/{subject_id}',
  backtest: '/risk/backtests/{subject_id}',
}

const shape = (path: string) => path.replace(/\{\w+\}/g, '{}')

const OpenPages = createContext<ReadonlySet<string>>(new Set())

/** Tells everything inside which pages this person may open. */
export function OpenPagesProvider({ pages, children }: { pages: readonly Page[]; children: ReactNode }) {
  return <OpenPages value={new Set(pages.map(({ path }) => shape(path)))}>{children}</OpenPages>
}

/** The address of the thing that `key` names in `data`, when there is one that this person may open. */
export function useTarget(key: string, data: Data): string | null {
  const open = use(OpenPages)
  const target = key === 'subject_type' ? SUBJECTS[String(data.subject_type)] : TARGETS[key]
  return target && open.has(shape(target)) ? fillPath(target, data) : null
}

/** A value as a link to the page of what it names. */
export function LinkedValue({ name, data, children }: { name: string; data: Data; children: ReactNode }) {
  const to = useTarget(name, data)
  return to ? <Link to={to}>{children}</Link> : <>{children}</>
}
