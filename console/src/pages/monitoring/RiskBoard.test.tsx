import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { fakeServer } from '../../testing/fakeServer'
import { renderPage } from '../../testing/render'
import RiskBoard from './RiskBoard'

const column = (key: string, kind: string) => ({ key, kind, enum: null, link: null, label: key, meaning: '', formula: '' })
const report = (name: string) => ({
  name, title: `title ${name}`, purpose: '', shelf: 'risk', columns: [column('data_source', 'text'), column('calls_asked', 'integer')], questions: [], totals: [],
  groups: [], chart: null, row_link: '', page_size: 20,
})
const ALERTS = {
  name: 'risk_alerts', columns: [{ key: 'alert_about', kind: 'text', enum: null, link: null, sortable: false, hidden: false }], filters: [], search: [],
  default_sort: '-id', totals: [], row_link: '', toolbar: [], row_actions: [], tabs: '',
}
const BOARD = {
  since: '2026-10-23', until: '2026-11-21', cards: [{ key: 'automatic_share', kind: 'rate', value: '0.9228', to: null }],
  charts: [{ key: 'reasons_of_span', kind: 'bar', labels: [], series: [], unit: 'number', enum: 'ReasonCode' }],
}

it('shows what was asked for, the alerts that are not over, and the sources of its last day', async () => {
  const { asked } = fakeServer({
    'GET /reports/decision_days/meta': { body: report('decision_days') },
    'GET /risk-board': { body: BOARD },
    'GET /lists/risk_alerts/meta': { body: ALERTS },
    'GET /lists/risk_alerts': { body: { items: [{ id: 1, actions: [], alert_about: '运营商三要素' }], total: 1, is_exact: true, totals: {} } },
    'GET /reports/source_days/meta': { body: report('source_days') },
    'GET /reports/source_days': { body: { items: [{ data_source: 'phone', calls_asked: 61 }], total: 1, is_exact: true } },
    'GET /reports/source_days/summary': { body: { total: 1, totals: {}, checks: [], groups: [] } },
  })
  renderPage(<RiskBoard />, { at: '/?since=2026-10-23&strategy=auto_loan_standard' })
  expect(await screen.findByText('92.28%')).toBeDefined()
  expect(await screen.findByText('运营商三要素')).toBeDefined()
  expect(await screen.findByText('61')).toBeDefined()
  const query = (path: string) => asked.filter((one) => one.path === path).at(-1)?.query
  await waitFor(() => expect(query('/risk-board')).toEqual({ since: '2026-10-23', strategy: 'auto_loan_standard' }))
  expect(query('/lists/risk_alerts')).toMatchObject({ alert_state: 'open,acknowledged' })
  expect(query('/reports/source_days')).toMatchObject({ since: '2026-11-21', until: '2026-11-21' })
})
