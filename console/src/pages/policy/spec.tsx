import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { DetailSpec } from '../../detail/spec'
import type { Calibration } from './calibration'

const CalibrationPreview = lazy(() => import('./CalibrationPreview'))

/** A calibration: where it comes from, what it would have done to past cases, what it changes. */
export const calibrationSpec: DetailSpec = {
  read: '/policy-calibrations/{calibration_id}',
  title: ['calibration_no'],
  states: ['calibration_state', 'calibration_kind'],
  hidden: ['preview'],
  optional: ['base_no', 'note', 'previewed_at', 'activated_by', 'activated_at'],
  lists: [{ listing: 'policy_changes', by: 'calibration_id' }],
  top: (data) => (
    <Suspense fallback={<Loading />}>
      <CalibrationPreview calibration={data as unknown as Calibration} />
    </Suspense>
  ),
}
