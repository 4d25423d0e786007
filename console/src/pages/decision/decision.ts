import type { components } from '../../api/schema'

export type Decision = components['schemas']['DecisionDetail']
export type DecisionAnswer = components['schemas']['DecisionAnswer']
export type ScoreGiven = components['schemas']['ScoreGivenOut']
export type BackTest = components['schemas']['BackTestDetail']
export type BackTestFigures = components['schemas']['BackTestFiguresOut']
export type Trial = components['schemas']['StrategyTrialDetail']
export type Replay = components['schemas']['ReplayOut']
export type Strategy = components['schemas']['StrategyVersionDetail']
export type SavedStrategy = components['schemas']['StrategyVersionOut']
export type Finding = components['schemas']['FindingOut']
export type GraphChanges = components['schemas']['GraphChangesOut']

export interface Words {
  zh: string
  en: string
}

/** A field that a strategy reads or gives, as its contract declares it. */
export interface StrategyInput {
  name: string
  type: string
  words: Words
  unit?: string
  minimum?: string | number | null
  maximum?: string | number | null
  pattern?: string
  max_length?: number
  choices?: Record<string, Words>
  /** What a list holds, and how many at most. */
  items?: StrategyInput | null
  max_items?: number
  /** The parts of a record. */
  fields?: StrategyInput[]
  missing?: string
  missing_when?: string
}

/** What a strategy reads and gives. */
export interface InputContract {
  inputs?: StrategyInput[]
  policy?: StrategyInput[]
  results?: StrategyInput[]
}

/** A policy value that ships with a version; without a scenario it is everybody's. */
export interface PolicyValue {
  parameter: string
  value: string | number | boolean
  scenario?: string
}

/** The scenarios of a version and the values that ship with it. */
export interface Policy {
  scenarios?: { code: string; name: Words }[]
  values?: PolicyValue[]
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
  faults?: string[]
  outcome: string
  inputs: Record<string, unknown>
}

/** A rule of the catalogue. */
export interface StrategyRule {
  code: string
  severity: string
  reason: string
  owner: string
  unit: string
  field?: string
  scenario?: string
  check?: string
  demands?: string
  name: Words
  explanation: Words
}

/** A decision graph in the form that the editor draws and the engine reads. */
export type Graph = Record<string, unknown>

/** What of a version is edited. */
export interface StrategyContent {
  graph: Graph
  rules: StrategyRule[]
  cases: GoldenCase[]
  input_contract: InputContract
  policy: Policy
}

/** A case's inputs with those of the cases that it is like. */
export function inputsOf(golden: GoldenCase, cases: GoldenCase[]): Record<string, unknown> {
  const like = golden.like ? cases.find(({ name }) => name === golden.like) : undefined
  return like ? { ...inputsOf(like, cases), ...golden.inputs } : golden.inputs
}

export function inputsDeclared(version: Pick<Strategy, 'input_contract'>): StrategyInput[] {
  return (version.input_contract as InputContract).inputs ?? []
}

export function contentOf({ graph, rules, cases, input_contract, policy }: Strategy): StrategyContent {
  return {
    graph,
    rules: rules as unknown as StrategyRule[],
    cases: cases as unknown as GoldenCase[],
    input_contract,
    policy,
  }
}

const RULE_CODE = /^[A-Z]\d{2,4}$/

/** A tried case as it is kept: it differs from the one that it was made from by what was typed, and expects what came out. */
export function keptCase(name: string, like: GoldenCase, inputs: Record<string, unknown>, answer: DecisionAnswer): GoldenCase {
  const differs = Object.entries(inputs).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(like.inputs[key]))
  const codes = answer.reasons.map(({ code }) => code)
  return {
    name,
    like: like.name,
    inputs: Object.fromEntries(differs),
    outcome: answer.outcome,
    rules: codes.filter((code) => RULE_CODE.test(code)),
    faults: codes.filter((code) => !RULE_CODE.test(code)),
  }
}

/** The node that calls a sub-decision. */
export const CALL = 'decisionNode'

interface GraphNode {
  id: string
  name: string
  type: string
  content?: { key?: string }
}

const nodesOf = (graph: Graph | undefined) => (graph?.nodes ?? []) as GraphNode[]

/** The sub-decisions of a graph by their keys. */
export function partsOf(graph: Graph): Record<string, Graph> {
  return (graph.parts ?? {}) as Record<string, Graph>
}

/** The graph with a sub-decision changed, added, or (null) taken away. */
export function withPart(graph: Graph, key: string, part: Graph | null): Graph {
  const kept = Object.entries(partsOf(graph)).filter(([known]) => part !== null || known !== key)
  return { ...graph, parts: { ...Object.fromEntries(kept), ...(part ? { [key]: part } : {}) } }
}

export function isCalled(graph: Graph, key: string): boolean {
  return [graph, ...Object.values(partsOf(graph))].some((drawn) => nodesOf(drawn).some(({ type, content }) => type === CALL && content?.key === key))
}

/** A sub-decision to begin with: it hands on what it reads. */
export function newPart(): Graph {
  const node = (id: string, type: string, x: number) => ({ id, name: id, type, content: { schema: '' }, position: { x, y: 160 } })
  return {
    nodes: [node('request', 'inputNode', 80), node('response', 'outputNode', 600)],
    edges: [{ id: 'request-response', type: 'edge', sourceId: 'request', targetId: 'response' }],
  }
}

/** Where a node is drawn: in the main graph (null) or in a sub-decision. */
export interface NodePlace {
  part: string | null
  node: string
}

/** The place of a node by its name; one in a sub-decision is named after its caller too ("checks · rules"). */
export function placeNamed(name: string, graph: Graph, part: string | null = null): NodePlace | undefined {
  const nodes = nodesOf(part === null ? graph : partsOf(graph)[part])
  const found = nodes.find((node) => node.name === name)
  if (found) return { part, node: found.id }
  const caller = nodes.find((node) => node.type === CALL && name.startsWith(`${node.name} · `))
  const called = caller?.content?.key
  return caller && called !== undefined && called in partsOf(graph) ? placeNamed(name.slice(caller.name.length + 3), graph, called) : undefined
}
