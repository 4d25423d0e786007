import type { components } from '../../api/schema'

export type Decision = components['schemas']['DecisionDetail']
export type DecisionAnswer = components['schemas']['DecisionAnswer']
export type ScoreGiven = components['schemas']['ScoreGivenOut']
export type BackTest = components['schemas']['BackTestDetail']
export type BackTestFigures = components['schemas']['BackTestFiguresOut']
export type Trial = components['schemas']['StrategyTrialDetail']
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

/** The scorecard that a strategy reads, and what it is told of a case. */
export interface ScoreStage {
  code: string
  needs: { name: string; words: Words; value: string; unit?: string; missing?: 'refuse' | 'bin' }[]
}

/** A case that must come out as it says before a version is published; `like` names the case that it differs from. */
export interface GoldenCase {
  name: string
  like?: string
  rules: string[]
  outcome: string
  inputs: Record<string, unknown>
}

/** A case's inputs with those of the cases that it is like. */
export function inputsOf(golden: GoldenCase, cases: GoldenCase[]): Record<string, unknown> {
  const like = golden.like ? cases.find(({ name }) => name === golden.like) : undefined
  return like ? { ...inputsOf(like, cases), ...golden.inputs } : golden.inputs
}
