import type { components } from '../../api/schema'

export type Rule = components['schemas']['PostingRuleOut']
export type RuleKind = components['schemas']['RuleKindOut']
export type Sample = components['schemas']['SampleOut']
