import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { Data, DetailSpec } from '../../detail/spec'
import { CommandButton } from '../../form/CommandButton'
import type { Case } from './case'

const TaskPanel = lazy(() => import('./TaskPanel'))
const CaseSections = lazy(() => import('./CaseSections'))

const caseOf = (data: Data) => data as unknown as Case

/** Acts on a task are beside the task, not among the commands of the application. */
const besideTask = () => <></>

/** An application with everything that decides it, on one page. */
export const applicationSpec: DetailSpec = {
  read: '/applications/{application_id}',
  title: ['application_no', 'applicant_name'],
  states: ['state', 'decision'],
  enums: { decision: 'DecisionOutcome', intake_source: 'ApplicationSource', method: 'ProductMethod' },
  hidden: ['decisions', 'differences', 'documents', 'missing_documents', 'tasks', 'timeline'],
  forms: {
    task_claim: besideTask,
    task_complete: besideTask,
    task_release: besideTask,
    contract_create: (data) => (
      <CommandButton command="contract_create" isPrimary fixed={{ application_id: data.id, version: data.version }} />
    ),
  },
  top: (data) => (
    <Suspense fallback={<Loading />}>
      <TaskPanel found={caseOf(data)} />
    </Suspense>
  ),
  below: (data) => (
    <Suspense fallback={<Loading />}>
      <CaseSections found={caseOf(data)} />
    </Suspense>
  ),
}
