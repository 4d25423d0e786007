import type { components } from '../../api/schema'

export type Contract = components['schemas']['ContractDetail']
export type Signing = Contract['signings'][number]
