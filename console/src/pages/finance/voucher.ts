import type { components } from '../../api/schema'

export type Voucher = components['schemas']['VoucherOut']
export type VoucherLine = Voucher['lines'][number]

/** Where the business behind a voucher is shown, by its kind; the dimensions name what has no page of its own. */
const PLACES: Record<string, string> = { application: '/intake/applications', contract: '/contract/contracts', disbursement: '/disbursement/disbursements' }

/** The page of the business event, when there is one. */
export function businessPlace({ source_subject: source, lines, event_no: eventNo }: Voucher): string | null {
  const place = PLACES[source.type]
  if (place) return `${place}/${source.id}`
  if (source.type === 'eod') return dayPlace(eventNo)
  if (source.type === 'receipt') return `/loan/receipts/${encodeURIComponent(eventNo.split('/')[0] ?? '')}`
  const loanNo = lines.map(({ dimensions }) => dimensions.loan_no).find(Boolean)
  return loanNo ? `/loan/loans/${encodeURIComponent(loanNo)}` : null
}

/** Kinds of entries that the end of a day books as sums over loans: `kind/yyyymmdd/company/product`. */
const DAY_SUMS = ['interest_accrued', 'memo_interest_accrued', 'interest_due', 'fee_charged']

/** The loans that an entry of a day's end sums up. */
function dayPlace(eventNo: string): string | null {
  const [kind = '', day = '', company = '', product = ''] = eventNo.split('/')
  if (!DAY_SUMS.includes(kind) || !/^\d{8}$/.test(day)) return null
  const asked = { as_of: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`, legal_entity_id: company, product_code: product }
  return `/report/reports/day_entries?${new URLSearchParams(asked).toString()}`
}
