import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import type { components } from '../../api/schema'
import { get } from '../../api/request'

export type Inspection = components['schemas']['InspectionDetail']
export type Report = components['schemas']['InspectionSubmitIn']

export const CONDITIONS: Report['car_condition'][] = ['good', 'worn', 'damaged', 'not_seen']
export const SIGNALS: NonNullable<Report['signals']> = [
  'tracker_removed', 'plate_differs', 'car_pledged', 'used_by_another', 'used_commercially', 'moved_away', 'debtor_unreachable',
  'income_worse', 'insurance_lapsed',
]
export const CLASSES: NonNullable<Report['suggested_class']>[] = ['normal', 'special_mention', 'substandard', 'doubtful', 'loss']
export const PHOTOS = ['vehicle_photo', 'vin_plate', 'inspection_photo']

export function useInspection(inspectionNo: string) {
  return useQuery({ queryKey: ['inspection', inspectionNo], queryFn: () => get<Inspection>(`/inspections/${inspectionNo}`) })
}

/** The list that a page came from: a dealer's, or that of our own people. */
export function useInspectionsPath(): string {
  return useLocation().pathname.startsWith('/dealer') ? '/dealer/inspections' : '/field'
}
