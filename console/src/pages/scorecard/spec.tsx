import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { DetailSpec } from '../../detail/spec'

const PointsTable = lazy(() => import('./PointsTable'))
const Validation = lazy(() => import('./Validation'))
const ScoreTry = lazy(() => import('./ScoreTry'))

/** A version of a scorecard: its points, how far it can be trusted, who signed it, a case to try. */
export const scorecardVersionSpec: DetailSpec = {
  read: '/scorecard-versions/{version_id}',
  title: ['scorecard_name'],
  states: ['state'],
  figures: ['auc', 'ks', 'challenger_auc'],
  hidden: ['scorecard_name', 'card', 'report', 'content_hash'],
  forms: { score_try: () => <></> },
  tabs: [
    {
      key: 'points',
      title: 'scorecard.table',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <PointsTable version={data} />
        </Suspense>
      ),
    },
    {
      key: 'validation',
      title: 'scorecard.validation',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <Validation version={data} />
        </Suspense>
      ),
    },
    {
      key: 'try',
      title: 'scorecard.try',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <ScoreTry version={data} />
        </Suspense>
      ),
    },
  ],
  comparedKey: 'card',
}
