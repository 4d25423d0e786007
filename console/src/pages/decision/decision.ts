import type { components } from '../../api/schema'

export type Decision = components['schemas']['DecisionDetail']
export type DecisionAnswer = components['schemas']['DecisionAnswer']
export type Replay = components['schemas']['ReplayOut']

export interface Words {
  zh: string
  en: string
}

/** An input of a strategy, as its contract declares it. */
export interface StrategyInput {
  name: string
  type: string
  words: Words
  unit?: string
  choices?: Record<string, Words>
}

/** A case that must come out as it says before a version is published. */
export interface GoldenCase {
  name: string
  rules: string[]
  outcome: string
  inputs: Record<string, unknown>
}
