import { lazy, Suspense } from 'react'
import { EditorLink } from '../../components/EditorLink'
import { Loading } from '../../components/Loading'
import type { DetailSpec } from '../../detail/spec'
import type { BackTest, Decision, GoldenCase, Strategy, Trial } from './decision'

const DecisionWords = lazy(() => import('./DecisionWords'))
const StrategyChanges = lazy(() => import('./StrategyChanges'))
const StrategyTables = lazy(() => import('./StrategyTables'))
const StrategyCases = lazy(() => import('./StrategyCases'))
const BackTestResult = lazy(() => import('./BackTestResult'))
const TrialOutcomes = lazy(() => import('./TrialOutcomes'))

/** A decision: what was answered and why, everything that went in, and whether it can be had again. */
export const decisionSpec: DetailSpec = {
  read: '/decisions/{record_id}',
  title: ['record_no'],
  states: ['outcome'],
  hidden: ['strategy', 'trace', 'content_hash', 'duration_us', 'reasons', 'contributions', 'score_given', 'results'],
  optional: ['scenario_name', 'calibration_no', 'trial_no', 'policy'],
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
  hidden: ['strategy_name', 'graph', 'input_contract', 'rules', 'cases', 'policy', 'content_hash', 'revision'],
  optional: ['compile_findings', 'compile_warnings'],
  lists: ['decision_rules', 'strategy_trials', 'backtests'].map((listing) => ({ listing, by: 'strategy_version_id' })),
  forms: {
    decision_try: () => <></>,
    strategy_version_create: ({ id }) => <EditorLink to={`/risk/strategy-editor?copy=${String(id)}`} word="strategy.copy" />,
    strategy_version_update: ({ id }) => <EditorLink to={`/risk/strategy-editor?draft=${String(id)}`} word="strategy.edit" />,
  },
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
          <StrategyCases version={data as unknown as Strategy} cases={data.cases as GoldenCase[]} />
        </Suspense>
      ),
    },
    {
      key: 'changes',
      title: 'detail.changes',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <StrategyChanges version={data as unknown as Strategy} />
        </Suspense>
      ),
    },
  ],
}

/** A version on trial beside the one in force: its share of the applications, and how they came out. */
export const trialSpec: DetailSpec = {
  read: '/strategy-trials/{trial_id}',
  title: ['trial_no'],
  states: ['trial_kind'],
  hidden: ['trial_outcomes'],
  optional: ['note', 'ended_by', 'ended_at'],
  top: (data) => (
    <Suspense fallback={<Loading />}>
      <TrialOutcomes trial={data as unknown as Trial} />
    </Suspense>
  ),
}

/** A back-test: how far it is, what it found, and which cases would be answered otherwise. */
export const backtestSpec: DetailSpec = {
  read: '/backtests/{backtest_id}',
  title: ['backtest_no'],
  hidden: ['backtest_figures'],
  optional: ['calibration_no', 'ended_at'],
  lists: [{ listing: 'backtest_moves', by: 'backtest_id' }],
  top: (data) => (
    <Suspense fallback={<Loading />}>
      <BackTestResult backtest={data as unknown as BackTest} />
    </Suspense>
  ),
}
