import type { components } from '../../api/schema'

export type Disbursement = components['schemas']['DisbursementDetail']
export type Condition = Disbursement['conditions'][number]
