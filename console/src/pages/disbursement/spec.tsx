import { Alert } from 'antd'
import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { DetailSpec } from '../../detail/spec'
import { useWords } from '../../i18n/words'
import type { Disbursement } from './disbursement'

const Checklist = lazy(() => import('./Checklist'))

/** Conditions are confirmed one by one in the checklist. */
const inChecklist = () => <></>

/** What the payment's state means for the person who looks at it. */
function PaymentNotice({ disbursement: { payout, failure_message } }: { disbursement: Disbursement }) {
  const say = useWords()
  if (payout?.state === 'unknown') return <Alert type="warning" showIcon style={{ marginTop: 16 }} title={say('disbursement.unknown')} />
  const reason = payout?.fail_message || failure_message
  if (!reason) return null
  return <Alert type="error" showIcon style={{ marginTop: 16 }} title={say('disbursement.failed', { reason })} />
}

/** A disbursement with its checklist: check, confirm, register, review. */
export const disbursementSpec: DetailSpec = {
  read: '/disbursements/{disbursement_id}',
  title: ['disbursement_no', 'applicant_name'],
  states: ['state'],
  hidden: ['conditions'],
  groups: {
    'disbursement.group_payee': ['payee_name', 'payee_bank', 'payee_account_masked'],
    'disbursement.group_review': ['maker_name', 'registered_at', 'checker_name', 'reviewed_at', 'review_opinion'],
    'disbursement.group_payment': ['value_on', 'paid_at', 'failure_code', 'failure_message'],
  },
  top: (data) => <PaymentNotice disbursement={data as unknown as Disbursement} />,
  forms: { condition_confirm: inChecklist },
  below: (data) => (
    <Suspense fallback={<Loading />}>
      <Checklist disbursement={data as unknown as Disbursement} />
    </Suspense>
  ),
}
