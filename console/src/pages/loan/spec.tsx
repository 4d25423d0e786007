import type { Data, DetailSpec } from '../../detail/spec'
import { CommandButton } from '../../form/CommandButton'
import Holds from '../application/Holds'
import { Allowance } from './Allowance'
import { Repaid } from './Repaid'

const AMOUNTS = ['principal', 'interest', 'fee', 'penalty', 'total', 'paid', 'outstanding']

const byNumber = (data: Data) => ({ loan_no: String(data.loan_no) })
const subject = (type: string) => (data: Data) => ({ subject_type: type, subject_id: String(data.id) })

/** A loan: what is owed today, the plan with what was paid on it, receipts, events, entries, papers, and what may be done. */
export const loanSpec: DetailSpec = {
  read: '/loans/{loan_no}',
  title: ['loan_no', 'customer_name'],
  states: ['state', 'bucket'],
  figures: ['principal_balance', 'overdue_amount', 'days_past_due', 'next_due_on', 'next_due', 'unapplied'],
  enums: {
    method: 'ProductMethod', bucket: 'Bucket', 'schedule.kind': 'RowKind', 'schedule.state': 'RowState',
  },
  groups: {
    'loan.parties': ['contract_no', 'customer_name', 'dealer_name', 'vin', 'legal_entity'],
    'loan.terms': ['product_name', 'method', 'principal', 'annual_rate', 'periods', 'disbursed_on', 'matures_on', 'settled_on'],
  },
  sums: { schedule: AMOUNTS },
  top: (data) => (
    <>
      <Repaid principal={String(data.principal)} balance={String(data.principal_balance)} />
      <Allowance loanNo={String(data.loan_no)} />
      {typeof data.customer_id === 'number' && <Holds path={`/customers/${data.customer_id}/holds`} />}
    </>
  ),
  below: (data) => (
    <div>
      <CommandButton command="captured_document_add" fixed={{ subject_type: 'loan', subject_id: data.id }} />
    </div>
  ),
  lists: [
    { listing: 'receipts', by: byNumber },
    { listing: 'loan_events', by: byNumber },
    { listing: 'loan_changes', by: byNumber },
    { listing: 'payoff_quotes', by: byNumber },
    { listing: 'prepayment_requests', by: byNumber },
    { listing: 'refunds', by: byNumber },
    { listing: 'lien_releases', by: byNumber },
    { listing: 'loan_archives', by: byNumber },
    { listing: 'archive_moves', by: byNumber },
    { listing: 'loan_warnings', by: byNumber },
    { listing: 'inspections', by: byNumber },
    { listing: 'pool_loans', by: byNumber },
    { listing: 'documents', by: subject('loan') },
    { listing: 'captured_documents', by: subject('loan') },
    { listing: 'entry_lines', by: byNumber },
  ],
}

/** A change of a loan: what was asked, the plan without it and with it, who decides. */
export const changeSpec: DetailSpec = {
  read: '/loan-changes/{change_no}',
  title: ['change_no', 'customer_name'],
  states: ['state'],
  enums: { holiday_interest: 'HolidayInterest', 'values.name': 'ChangedValue', 'signings.role': 'SigningRole' },
  optional: [
    'due_day', 'first_due_on', 'more_periods', 'periods_off', 'new_annual_rate', 'holiday_interest', 'effective_on', 'file',
    'reviewed_by', 'reviewed_at', 'opinion', 'sign_until', 'executed_on', 'event_no', 'closing_reason',
    'signings', 'values', 'before', 'after', 'new_plan', 'ground', 'observed_until',
  ],
  hidden: ['document_id'],
  lists: [
    { listing: 'documents', by: subject('loan_change') },
  ],
}

/** Money that came in: who entered and who confirmed it, and where it went. */
export const receiptSpec: DetailSpec = {
  read: '/receipts/{receipt_no}',
  title: ['receipt_no', 'payer_name'],
  states: ['state'],
  figures: ['amount', 'value_on'],
  optional: ['part_of', 'parts', 'prepayment_mode', 'payoff_quote_no', 'closing_reason'],
}

/** Money paid back to whom it came from: who asked and decided, and what the bank did. */
export const refundSpec: DetailSpec = {
  read: '/refunds/{refund_no}',
  title: ['refund_no', 'payee_name'],
  states: ['state'],
  figures: ['amount'],
  enums: { 'payouts.order_state': 'PaymentOrderState' },
  optional: ['loan_no', 'reviewed_by', 'reviewed_at', 'opinion', 'ordered_on', 'value_on', 'failure_code', 'failure_message'],
}

/** The release of the mortgage of a settled loan's car, with the papers that go with it. */
export const lienReleaseSpec: DetailSpec = {
  read: '/lien-releases/{release_no}',
  title: ['release_no', 'customer_name'],
  states: ['state'],
  figures: ['settled_on', 'due_on'],
  hidden: ['loan_id', 'vehicle_id'],
  enums: { papers: 'PaperKind' },
  optional: [
    'released_on', 'evidence_no', 'file', 'done_by', 'done_at', 'closing_reason', 'plate_no', 'letter_no', 'archive_no', 'archive_state',
    'shelf_no', 'box_no', 'holder', 'papers',
  ],
  lists: [
    { listing: 'archive_moves', by: byNumber },
    { listing: 'documents', by: (data) => ({ subject_type: 'loan', subject_id: String(data.loan_id) }) },
  ],
}

const byPool = (data: Data) => ({ pool_no: String(data.pool_no) })

/** Claims that are sold together: the deal, what stands between us and the buyer, the loans and the money. */
export const poolSpec: DetailSpec = {
  read: '/claim-pools/{pool_no}',
  title: ['pool_no', 'name'],
  states: ['state'],
  figures: ['loans_count', 'principal', 'price', 'price_open', 'to_remit'],
  optional: ['closed_on', 'reviewed_by', 'reviewed_at', 'opinion'],
  lists: [
    { listing: 'pool_loans', by: byPool },
    { listing: 'pool_moneys', by: byPool },
  ],
}

/** An inspection of a car that secures a loan: why, what was found, who reviewed it. */
export const inspectionSpec: DetailSpec = {
  read: '/inspections/{inspection_no}',
  title: ['inspection_no', 'customer_name'],
  states: ['state'],
  groups: {
    'inspection.report': [
      'inspected_on', 'car_condition', 'mileage_km', 'mileage_before', 'located_at', 'car_place', 'signals', 'found_signals',
      'inspection_opinion', 'suggested_class', 'submitted_by', 'submitted_at', 'proposal_no',
    ],
    'inspection.review': ['reviewed_by', 'reviewed_at', 'opinion'],
  },
  optional: [
    'plan_reason', 'inspected_on', 'car_condition', 'located_at', 'car_place', 'signals', 'found_signals', 'inspection_opinion',
    'suggested_class', 'submitted_by', 'submitted_at', 'proposal_no', 'reviewed_by', 'reviewed_at', 'opinion', 'closing_reason',
    'mileage_km', 'mileage_before', 'inspector_name', 'plate_no',
  ],
  lists: [{ listing: 'captured_documents', by: subject('inspection') }],
}

/** A file of receipts with what became of its rows. */
export const receiptFileSpec: DetailSpec = {
  read: '/receipt-files/{file_no}',
  title: ['file_no', 'file_name'],
  states: ['file_state'],
  figures: ['rows', 'refused', 'amount'],
  enums: { file_state: 'ReceiptFileState' },
  optional: ['confirmed_by', 'confirmed_at', 'closing_reason'],
  lists: [{ listing: 'receipt_file_rows', by: (data) => ({ file_no: String(data.file_no) }) }],
}

/** An early warning of a loan: how serious it is, the figures that led to it, and what was done about it. */
export const warningSpec: DetailSpec = {
  read: '/loan-warnings/{warning_no}',
  title: ['warning_no', 'customer_name'],
  states: ['warning_state', 'warning_level'],
  figures: ['principal_balance', 'present_value', 'ltv_rate'],
  groups: {
    'warning.figures': ['value_basis', 'value_then', 'valued_on', 'fall_rate', 'threshold_rate', 'id_valid_until'],
    'warning.handling': ['acknowledged_by', 'acknowledged_at', 'note', 'warning_measure', 'closed_on', 'closed_by_step'],
  },
  optional: [
    'present_value', 'ltv_rate', 'value_basis', 'value_then', 'valued_on', 'fall_rate', 'threshold_rate', 'id_valid_until',
    'acknowledged_by', 'acknowledged_at', 'note', 'warning_measure', 'closed_on', 'closed_by_step', 'plate_no',
  ],
  lists: [
    { listing: 'loan_warning_steps', by: (data) => ({ warning_no: String(data.warning_no) }) },
  ],
}
