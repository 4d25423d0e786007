import type { components } from '../../api/schema'

export type Voucher = components['schemas']['VoucherOut']
export type VoucherLine = Voucher['lines'][number]

/** Where the business behind a voucher is shown, by its kind; the dimensions name what has no page of its own. */
const PLACES: Record<string, string> = { application: '/intake/applications', contract: '/contract/contracts', disbursement: '/disbursement/disbursements' }

/** The page of the business event, when there is one. */
export function businessPlace({ source_subject: source, lines, event_no: eventNo }: Voucher): string | null {
  const place = PLACES[source.type]
  if (place) return `${place}/${source.id}`
  if (source.type === 'receipt') return `/loan/receipts/${encodeURIComponent(eventNo.split('/')[0] ?? '')}`
  const loanNo = lines.map(({ dimensions }) => dimensions.loan_no).find(Boolean)
  return loanNo ? `/loan/loans/${encodeURIComponent(loanNo)}` : null
}
