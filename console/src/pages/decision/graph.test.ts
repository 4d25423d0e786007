import { describe, expect, it } from 'vitest'
import { isCalled, keptCase, newPart, partsOf, placeNamed, withPart, type DecisionAnswer } from './decision'
import { isSameGraph, normalGraph } from './graph'

const table = (rule: Record<string, unknown>) => ({
  contentType: 'application/vnd.gorules.decision',
  nodes: [
    {
      id: 'rules',
      name: 'Entry',
      type: 'decisionTableNode',
      position: { x: 0, y: 0 },
      content: { hitPolicy: 'collect', inputs: [{ id: 'when', name: 'when' }], outputs: [{ id: 'code', name: 'code', field: 'code' }], rules: [rule] },
    },
  ],
  edges: [],
})

describe('a graph', () => {
  it('is saved without the nulls of new rows, which the engine refuses', () => {
    const saved = normalGraph(table({ _id: '1', when: '', code: "'K01'", _description: null }))
    expect(JSON.stringify(saved)).not.toContain('null')
    expect(saved.contentType).toBe('application/vnd.gorules.decision')
    expect(normalGraph(saved)).toEqual(saved)
  })

  it('has changed when a cell has, not when it is written in another order', () => {
    const one = normalGraph(table({ _id: '1', when: 'age < 18' }))
    expect(isSameGraph(one, normalGraph(table({ when: 'age < 18', _id: '1' })))).toBe(true)
    expect(isSameGraph(one, normalGraph(table({ _id: '1', when: 'age < 21' })))).toBe(false)
  })

  it('knows its nodes by name, those of sub-decisions by the name of their caller too', () => {
    const call = { id: 'c', name: 'checks', type: 'decisionNode', content: { key: 'entry' } }
    const graph = withPart({ nodes: [call], edges: [] }, 'entry', table({}))
    expect(placeNamed('checks', graph)).toEqual({ part: null, node: 'c' })
    expect(placeNamed('checks · Entry', graph)).toEqual({ part: 'entry', node: 'rules' })
    expect(placeNamed('catalogue', graph)).toBeUndefined()
    expect([isCalled(graph, 'entry'), isCalled(graph, 'other')]).toEqual([true, false])
  })

  it('takes sub-decisions and gives them back', () => {
    const graph = withPart(withPart(table({}), 'one', newPart()), 'two', newPart())
    expect(Object.keys(partsOf(graph))).toEqual(['one', 'two'])
    expect(Object.keys(partsOf(withPart(graph, 'one', null)))).toEqual(['two'])
  })
})

describe('a tried case', () => {
  it('is kept as what was typed, with what came out', () => {
    const like = { name: 'good', inputs: { age: 30, kind: 'new' }, outcome: 'approve', rules: [] }
    const reasons = ['K01', 'source_no_answer'].map((code) => ({ code, rule_severity: 'refer', reason_code: 'R01', text: '', external: '' }))
    const answer = { outcome: 'decline', reasons } as unknown as DecisionAnswer
    expect(keptCase('young', like, { age: 17, kind: 'new' }, answer)).toEqual({
      name: 'young', like: 'good', inputs: { age: 17 }, outcome: 'decline', rules: ['K01'], faults: ['source_no_answer'],
    })
  })
})
