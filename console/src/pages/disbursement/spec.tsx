import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { DetailSpec } from '../../detail/spec'
import type { Disbursement } from './disbursement'

const Checklist = lazy(() => import('./Checklist'))

/** Conditions are confirmed one by one in the checklist. */
const inChecklist = () => <></>

/** A disbursement with its checklist: check, confirm, register, review. */
export const disbursementSpec: DetailSpec = {
  read: '/disbursements/{disbursement_id}',
  title: ['disbursement_no', 'applicant_name'],
  states: ['state'],
  hidden: ['conditions'],
  forms: { condition_confirm: inChecklist },
  below: (data) => (
    <Suspense fallback={<Loading />}>
      <Checklist disbursement={data as unknown as Disbursement} />
    </Suspense>
  ),
}
