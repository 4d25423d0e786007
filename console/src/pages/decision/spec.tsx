import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { DetailSpec } from '../../detail/spec'
import type { Decision } from './decision'

const DecisionWords = lazy(() => import('./DecisionWords'))
const StrategyTables = lazy(() => import('./StrategyTables'))
const StrategyCases = lazy(() => import('./StrategyCases'))

/** A decision: what was answered and why, everything that went in, and whether it can be had again. */
export const decisionSpec: DetailSpec = {
  read: '/decisions/{record_id}',
  title: ['record_no'],
  states: ['outcome'],
  hidden: ['strategy', 'trace', 'content_hash', 'duration_us', 'reasons', 'contributions', 'score_given', 'results'],
  optional: ['scenario_name', 'calibration_no', 'policy'],
  enums: { subject_type: 'Subject' },
  top: (data) => (
    <Suspense fallback={<Loading />}>
      <DecisionWords decision={data as unknown as Decision} />
    </Suspense>
  ),
}

/** A version of a strategy: its rules, tables and inputs as people read them, its cases, what it changed. */
export const strategyVersionSpec: DetailSpec = {
  read: '/strategy-versions/{version_id}',
  title: ['strategy_name'],
  states: ['state'],
  hidden: ['strategy_name', 'graph', 'input_contract', 'rules', 'cases', 'policy', 'content_hash'],
  lists: [{ listing: 'decision_rules', by: 'strategy_version_id' }],
  forms: { decision_try: () => <></> },
  tabs: [
    {
      key: 'tables',
      title: 'strategy.tables',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <StrategyTables version={data} />
        </Suspense>
      ),
    },
    {
      key: 'try',
      title: 'strategy.try',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <StrategyCases version={data} />
        </Suspense>
      ),
    },
  ],
  comparedKey: 'rules',
}
