import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { fakeServer } from '../../testing/fakeServer'
import { renderPage, SESSION } from '../../testing/render'
import type { CaseCheck, CaseDecision } from './case'
import { ChecksSection } from './ChecksSection'
import { ExtraChecksSection } from './ExtraChecksSection'
import { RelationsSection } from './RelationsSection'

vi.mock('../../components/Chart', () => ({ default: ({ label }: { label: string }) => <div role="img" aria-label={label} /> }))

const check = (code: string, check_status: CaseCheck['check_status'], says: string): CaseCheck => ({
  code, check_status, says, check_name: `核验${code}`, rule_severity: 'refer', is_cross: code === 'C05', evidence: [],
})
const CHECKS = [check('C01', 'pass', '已核验'), check('C05', 'warn', '三要素不一致'), check('C14', 'no_data', '未核验：缺少结婚证')]

const node = (key: string, more: object) => ({
  key, node_kind: 'application', label: key, step: 1, is_in_ring: false, applications_hidden: 0, application_id: null,
  application_state: null, applicant_name: '', ...more,
})
const GRAPH = {
  application_id: 1, application_no: 'AP1', applications_hidden: 4, applications_not_drawn: 0, people_near: 5, borrowers_near: 2,
  defaulters_near: 1, ring_people: 3, ring_applications: 6, ring_bonds: ['phone', 'address'],
  nodes: [
    node('a1', { application_id: 1, label: 'AP1', step: 0 }),
    node('a2', { application_id: 2, label: 'AP2', applicant_name: '李四', is_in_ring: true, application_state: 'declined' }),
    node('v1', { node_kind: 'phone', label: '138****0001', applications_hidden: 4 }),
  ],
  edges: [{ application: 'a1', node: 'v1', trait_role: 'phone' }, { application: 'a2', node: 'v1', trait_role: 'contact' }],
}
const EXTRA = {
  extra_checks: [], flexible_control: null,
  device_sessions: [{
    device_holder: 'applicant', device_tail: '9f3a21', ip: '1.2.4.8', device_traces: ['webdriver', 'headless'], time_zone: 'Asia/Shanghai',
    language: 'zh-CN', device_place: '30.27,120.16', accuracy_m: 30, agreed_by: '张伟', told_at: '2026-11-28T06:50:00Z',
  }],
  form_record: {
    form_seconds: 90, form_sessions: 1, pages: ['phone'], is_whole: true, agreed_by: '李明', agreed_at: '2026-11-28T06:50:00Z', field_records: [],
    form_course: { jumps_back: 7, switches: 41, away_seconds: 12, strokes: 30, pauses: 2, straightness: '0.9123' },
  },
}
const reader = { session: { ...SESSION, permissions: ['origination.relation.view'] } }

describe('the sections of a case', () => {
  it('shows what was found and what was not checked, and the rest on request', async () => {
    renderPage(<ChecksSection decisions={[{ record_id: 1, checks: CHECKS } as CaseDecision]} />)
    expect(await screen.findByText('三要素不一致')).toBeDefined()
    expect(screen.getByText('未核验：缺少结婚证')).toBeDefined()
    expect(screen.queryByText('已核验')).toBeNull()
    fireEvent.click(screen.getByText('全部 3 项'))
    expect(screen.getByText('已核验')).toBeDefined()
  })

  it('draws relations, lists them, and tells of a ring', async () => {
    fakeServer({ 'GET /applications/1/relations': { body: GRAPH } })
    const { container } = renderPage(<RelationsSection id={1} />, reader)
    expect(await screen.findByText('疑似团伙：3 人、6 件申请相互关联')).toBeDefined()
    expect(await screen.findByRole('img', { name: '关联图谱' })).toBeDefined()
    expect(screen.getByText('李四')).toBeDefined()
    expect(container.textContent).not.toContain('138')
  })

  it('opens the next step from a node into the drawing, page by page, and each once', async () => {
    const second = node('a3', { application_id: 3, label: 'AP3', applicant_name: '王五', application_state: 'approved' })
    const third = node('a4', { application_id: 4, label: 'AP4', applicant_name: '赵六', application_state: 'approved' })
    const step = (added: object, next_offset: number | null) => ({
      application_id: 2, applications_hidden: 0, next_offset,
      nodes: [{ ...GRAPH.nodes[1], step: 0 }, { ...added, step: 1 }],
      edges: [{ application: 'a2', node: 'v1', trait_role: 'contact' }],
    })
    const { asked } = fakeServer({
      'GET /applications/1/relations': { body: GRAPH },
      'GET /applications/2/relations/step': ({ query }) => ({ body: query.offset === '0' ? step(second, 20) : step(third, null) }),
    })
    renderPage(<RelationsSection id={1} />, reader)
    const open = async () => fireEvent.click((await screen.findAllByRole('button', { name: '展开' }))[0] as HTMLElement)
    await open()
    expect(await screen.findByText('王五')).toBeDefined()
    expect(screen.getAllByText('李四')).toHaveLength(1)
    expect(screen.getByText('王五').closest('tr')?.textContent).toContain('2')
    await open()
    expect(await screen.findByText('赵六')).toBeDefined()
    expect(screen.getByText('李四').closest('tr')?.textContent).toContain('已全部展开')
    expect(asked.filter(({ path }) => path.endsWith('/step')).map(({ query }) => query.offset)).toEqual(['0', '20'])
  })

  it('says why a node is not opened', async () => {
    fakeServer({
      'GET /applications/1/relations': { body: GRAPH },
      'GET /applications/2/relations/step': { status: 404, body: { code: 'not_found', message: '找不到该申请' } },
    })
    renderPage(<RelationsSection id={1} />, reader)
    fireEvent.click(await screen.findByRole('button', { name: '展开' }))
    expect(await screen.findByText('找不到该申请')).toBeDefined()
  })

  it('says that nothing is shared, also for a customer without an application', async () => {
    fakeServer({ 'GET /customers/1/relations': { status: 404, body: { code: 'not_found' } } })
    renderPage(<RelationsSection of="customers" id={1} />, reader)
    expect(await screen.findByText(/两度内没有/)).toBeDefined()
  })

  it('shows on which device it was signed, and how the form was gone through', async () => {
    fakeServer({ 'GET /applications/1/extra-checks': { body: EXTRA } })
    const { container } = renderPage(<ExtraChecksSection id={1} />)
    expect(await screen.findByText('webdriver、headless')).toBeDefined()
    for (const shown of ['applicant', '9f3a21', '1.2.4.8', '30.27,120.16']) expect(screen.getByText(shown)).toBeDefined()
    expect(container.textContent).toContain('switches 41')
    expect(container.textContent).toContain('91.23')
  })
})
