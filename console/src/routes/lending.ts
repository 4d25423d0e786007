import { lazy } from 'react'
import { applicationSpec } from '../pages/application/spec'
import { contractSpec } from '../pages/contract/spec'
import { disbursementSpec } from '../pages/disbursement/spec'
import { documentSpec } from '../pages/document/spec'
import {
  changeSpec, inspectionSpec, lienReleaseSpec, loanSpec, poolSpec, receiptFileSpec, receiptSpec, refundSpec, warningSpec,
} from '../pages/loan/spec'
import { processSpec } from '../pages/process/spec'
import { pendingSpec } from '../pages/review/spec'
import { custom, detail, ledger, type Page } from './spec'

const Intake = lazy(() => import('../pages/intake/Intake'))

/** From the application to the last instalment. */
export const lendingPages: Page[] = [
  ledger('intake', '/intake/applications', 'applications'),
  custom('intake', '/intake/new', 'intake.new', Intake, { command: 'application_save_draft' }),
  detail('intake', '/intake/applications/{application_id}', applicationSpec),
  ledger('intake', '/intake/captured', 'captured_documents'),

  ledger('review', '/review/inbox', 'inbox'),
  detail('review', '/review/applications/{application_id}', applicationSpec),
  ledger('review', '/review/holds', 'offer_holds'),
  ledger('review', '/review/done', 'tasks_done'),
  ledger('review', '/review/supervised', 'tasks_supervised'),
  ledger('review', '/review/processes', 'processes'),
  detail('review', '/review/processes/{process_id}', processSpec),
  ledger('review', '/review/pending', 'pending_commands'),
  detail('review', '/review/pending/{pending_no}', pendingSpec),

  ledger('contract', '/contract/contracts', 'contracts'),
  detail('contract', '/contract/contracts/{contract_id}', contractSpec),
  ledger('contract', '/contract/documents', 'documents'),
  detail('contract', '/contract/documents/{document_id}', documentSpec),

  ledger('disbursement', '/disbursement/disbursements', 'disbursements'),
  detail('disbursement', '/disbursement/disbursements/{disbursement_id}', disbursementSpec),
  ledger('disbursement', '/disbursement/payment-orders', 'payment_orders'),
  detail('disbursement', '/disbursement/payment-orders/{order_no}', {
    read: '/payment-orders/{order_no}',
    title: ['order_no', 'payee_name'],
    enums: { ref_type: 'Subject' },
    states: ['state'],
  }),
  ledger('disbursement', '/disbursement/conditions', 'conditions'),

  ledger('loan', '/loan/loans', 'loans'),
  detail('loan', '/loan/loans/{loan_no}', loanSpec),
  ledger('loan', '/loan/changes', 'loan_changes'),
  detail('loan', '/loan/changes/{change_no}', changeSpec),
  ledger('loan', '/loan/extensions', 'extensions'),
  ledger('loan', '/loan/debt-transfers', 'debt_transfers'),
  ledger('loan', '/loan/standings', 'loan_standings'),
  ledger('loan', '/loan/class-proposals', 'class_proposals'),
  ledger('loan', '/loan/class-changes', 'standing_changes'),
  ledger('loan', '/loan/loan-provisions', 'loan_provisions'),
  ledger('loan', '/loan/write-offs', 'write_off_candidates'),
  ledger('loan', '/loan/warnings', 'loan_warnings'),
  detail('loan', '/loan/warnings/{warning_no}', warningSpec),
  ledger('loan', '/loan/inspections', 'inspections'),
  detail('loan', '/loan/inspections/{inspection_no}', inspectionSpec),
  ledger('loan', '/loan/receipts', 'receipts'),
  detail('loan', '/loan/receipts/{receipt_no}', receiptSpec),
  ledger('loan', '/loan/receipt-files', 'receipt_files'),
  detail('loan', '/loan/receipt-files/{file_no}', receiptFileSpec),
  ledger('loan', '/loan/suspense', 'suspense_receipts'),
  ledger('loan', '/loan/refunds', 'refunds'),
  detail('loan', '/loan/refunds/{refund_no}', refundSpec),
  ledger('loan', '/loan/payoff-quotes', 'payoff_quotes'),
  ledger('loan', '/loan/prepayment-requests', 'prepayment_requests'),
  ledger('loan', '/loan/lien-releases', 'lien_releases'),
  detail('loan', '/loan/lien-releases/{release_no}', lienReleaseSpec),
  ledger('loan', '/loan/archives', 'loan_archives'),
  ledger('loan', '/loan/archive-moves', 'archive_moves'),
  ledger('loan', '/loan/claim-pools', 'claim_pools'),
  detail('loan', '/loan/claim-pools/{pool_no}', poolSpec),
]
