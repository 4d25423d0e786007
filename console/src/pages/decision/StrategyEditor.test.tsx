import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { fakeServer } from '../../testing/fakeServer'
import { renderPage } from '../../testing/render'
import type { Graph } from './decision'
import StrategyEditor from './StrategyEditor'

interface Drawn {
  graph: Graph
  opened?: { node: string }
  onChange: (graph: Graph) => void
}

vi.mock('./GraphEditor', () => ({
  default: ({ graph, opened, onChange }: Drawn) => (
    <button onClick={() => onChange({ ...graph, edges: [] })}>draw {opened?.node}</button>
  ),
}))

const finding = { code: 'cell_wrong_type', node: 'Entry', row: 3, column: 'when', detail: '', text: 'wrong type' }
const version = {
  id: 7,
  strategy: 'small',
  strategy_name: 'Small',
  version_no: 2,
  state: 'draft',
  revision: 4,
  note: 'old note',
  graph: { nodes: [{ id: 'rules', name: 'Entry', type: 'decisionTableNode' }] },
  input_contract: { inputs: [] },
  rules: [],
  cases: [],
  policy: { scenarios: [] },
  compile_findings: [finding],
  compile_warnings: [],
}

function open(at: string, saved: { status?: number; body: unknown }) {
  const server = fakeServer({
    'GET /strategy-versions/7': { body: version },
    'GET /strategy-versions/8': { body: { ...version, id: 8, version_no: 3 } },
    'POST /commands/strategy_version_update': saved,
    'POST /commands/strategy_version_create': saved,
  })
  return { ...renderPage(<StrategyEditor />, { at }), ...server }
}

const save = () => fireEvent.click(screen.getByRole('button', { name: '保存并检查' }))

it('saves a draft as the revision that was opened, and then as the next', async () => {
  const { posts } = open('/risk/strategy-editor?draft=7', { body: { ...version, revision: 5, compile_findings: [] } })
  fireEvent.click(await screen.findByText('draw'))
  expect(screen.getByText('有改动尚未保存。')).toBeTruthy()
  save()
  await waitFor(() => expect(screen.queryByText('有改动尚未保存。')).toBeNull())
  const { graph, input_contract, policy, rules, cases } = version
  const whole = { input_contract, policy, rules, cases, graph: { ...graph, edges: [], parts: {} }, note: 'old note' }
  expect(posts()[0]?.body).toEqual({ strategy_version_id: 7, revision: 4, ...whole })
  save()
  await waitFor(() => expect(posts()).toHaveLength(2))
  expect(posts()[1]?.body).toMatchObject({ revision: 5 })
})

it('opens the node of a finding, and tells when somebody else saved first', async () => {
  open('/risk/strategy-editor?draft=7', { status: 409, body: { code: 'stale_version', message: '已被他人修改' } })
  fireEvent.click(await screen.findByText('检查结果'))
  expect(await screen.findByText('wrong type')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Entry' }))
  expect(await screen.findByText('draw rules')).toBeTruthy()
  fireEvent.click(screen.getByText('draw rules'))
  save()
  expect(await screen.findByText('已被他人修改')).toBeTruthy()
  expect(screen.getByText('有改动尚未保存。')).toBeTruthy()
})

it('begins a new draft as a copy and goes on with it', async () => {
  const { posts, router } = open('/risk/strategy-editor?copy=7', { body: { ...version, id: 8 } })
  fireEvent.click(await screen.findByText('draw'))
  save()
  await waitFor(() => expect(router.state.location.search).toBe('?draft=8'))
  expect(posts()[0]?.body).toMatchObject({ strategy: 'small', note: '' })
  expect(posts()[0]?.body).not.toHaveProperty('revision')
})
