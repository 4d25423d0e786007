import type { components } from '../../api/schema'

type Schemas = components['schemas']

export type Case = Schemas['ApplicationDetail']
export type CaseTask = Schemas['ReviewTaskOut']
export type CaseDecision = Schemas['ApplicationDecisionOut']
export type CaseCheck = Schemas['NamedCheckOut']
export type CaseDocument = Schemas['ApplicationDocumentOut']
export type CaseDifference = Schemas['FormDifferenceOut']
