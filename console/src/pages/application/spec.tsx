import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { Loading } from '../../components/Loading'
import type { Data, DetailSpec } from '../../detail/spec'
import { CommandButton } from '../../form/CommandButton'
import { useWords } from '../../i18n/words'
import type { Case } from './case'

const CaseSections = lazy(() => import('./CaseSections'))
const ConsentCard = lazy(() => import('./ConsentCard'))
const Holds = lazy(() => import('./Holds'))
const MissingDocuments = lazy(() => import('./MissingDocuments'))

const caseOf = (data: Data) => data as unknown as Case

/** States in which an application is still submitted. */
const OPEN: string[] = ['draft', 'returned']

/** A draft is filled in on its own page. */
function GoOn({ id }: { id: number }) {
  const say = useWords()
  return (
    <Link to={`/intake/new?application=${id}`}>
      <Button type="primary">{say('application.go_on')}</Button>
    </Link>
  )
}

/** Acts on a task are beside the task, not among the commands of the application. */
const besideTask = () => <></>

/** An application with everything that decides it, on one page. */
export const applicationSpec: DetailSpec = {
  read: '/applications/{application_id}',
  title: ['application_no', 'applicant_name'],
  states: ['state', 'decision'],
  enums: { decision: 'DecisionOutcome', 'customer.gender': 'Gender', intake_source: 'ApplicationSource', method: 'ProductMethod', documents_asked: 'CapturedKind' },
  optional: ['approved_amount', 'approved_periods', 'approved_until', 'conditions_asked', 'review_asked_on', 'review_reason'],
  hidden: ['decisions', 'differences', 'documents', 'missing_documents', 'tasks', 'timeline'],
  groups: {
    'application.group_loan': [
      'amount', 'down_payment', 'vehicle_price', 'periods', 'method', 'annual_rate', 'approved_amount', 'approved_periods', 'approved_until', 'score',
      'conditions_asked', 'review_asked_on', 'review_reason',
    ],
    'application.group_intake': [
      'intake_source', 'dealer_name', 'created_by_name', 'created_at', 'submitted_at', 'decided_at', 'round', 'documents_asked',
    ],
  },
  apart: ['customer', 'vehicle', 'offer', 'form'],
  forms: {
    application_save_draft: (data) => <GoOn id={data.id as number} />,
    task_claim: besideTask,
    task_complete: besideTask,
    task_release: besideTask,
    contract_create: (data) => (
      <CommandButton command="contract_create" isPrimary fixed={{ application_id: data.id, version: data.version }} />
    ),
  },
  top: (data) => (
    <Suspense fallback={<Loading />}>
      <MissingDocuments found={caseOf(data)} />
      <Holds path={`/applications/${caseOf(data).id}/holds`} />
      {OPEN.includes(caseOf(data).state) && <ConsentCard id={caseOf(data).id} />}
    </Suspense>
  ),
  onePage: (data, given) => (
    <Suspense fallback={<Loading />}>
      <CaseSections found={caseOf(data)} given={given} />
    </Suspense>
  ),
}
