import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fakeServer, type Asked } from '../testing/fakeServer'
import { renderPage, SESSION } from '../testing/render'
import { Ledger } from './Ledger'

const META = {
  name: 'dealers',
  columns: [
    { key: 'dealer_no', kind: 'text', enum: null, link: null, sortable: true, hidden: false },
    { key: 'phone', kind: 'masked', enum: null, link: null, sortable: false, hidden: false },
    { key: 'balance', kind: 'money', enum: null, link: null, sortable: true, hidden: false },
    { key: 'secret_note', kind: 'text', enum: null, link: null, sortable: false, hidden: true },
  ],
  filters: [
    { key: 'status', kind: 'enum', enum: 'DealerStatus', choices: ['active', 'suspended'] },
    { key: 'balance', kind: 'money', enum: null, choices: null },
  ],
  search: ['dealer_no'],
  default_sort: '-dealer_no',
  totals: ['balance'],
  row_link: '/channel/dealers/{id}',
  toolbar: ['dealer_create'],
  row_actions: [],
}
const ROWS = [{ id: 7, actions: [], dealer_no: 'D007', phone: '138****0000', balance: '1234567.50', secret_note: 'x' }]
const PAGE = { items: ROWS, total: 41, is_exact: true, totals: { balance: '9876543210.10' } }

function lists(page: unknown = PAGE) {
  return fakeServer({ 'GET /lists/dealers/meta': { body: META }, 'GET /lists/dealers': { body: page } })
}

const lastQuery = (asked: Asked[]) => asked.filter(({ path }) => path === '/lists/dealers').at(-1)?.query

describe('Ledger', () => {
  it('draws rows, masked and money columns, the link and totals over all rows', async () => {
    lists()
    renderPage(<Ledger listing="dealers" />)
    const link = await screen.findByRole('link', { name: 'D007' })
    expect(link.getAttribute('href')).toBe('/channel/dealers/7')
    expect(screen.getByText('138****0000')).toBeDefined()
    expect(screen.getByText('1,234,567.50')).toBeDefined()
    expect(screen.getByText('9,876,543,210.10')).toBeDefined()
    expect(screen.queryByText('secret_note')).toBeNull()
  })

  it('says members of an enumeration once, with how often they are there', async () => {
    const columns = [{ key: 'faults', kind: 'json', enum: 'DealerState', link: null, sortable: false, hidden: false }]
    const items = [{ id: 7, actions: [], faults: ['active', 'suspended', 'active'] }]
    fakeServer({ 'GET /lists/dealers/meta': { body: { ...META, columns, row_link: '', totals: [] } }, 'GET /lists/dealers': { body: { items, total: 1, is_exact: true, totals: {} } } })
    renderPage(<Ledger listing="dealers" />)
    expect(await screen.findAllByText('active ×2')).toHaveLength(1)
    expect(screen.getAllByText('suspended')).toHaveLength(1)
  })

  it('offers no filter whose choices the person may not read', async () => {
    const meta = { ...META, filters: [...META.filters, { key: 'dealer_id', kind: 'integer', enum: null, choices: null }] }
    const ledger = (permissions: string[]) => {
      fakeServer({ 'GET /lists/dealers/meta': { body: meta }, 'GET /lists/dealers': { body: PAGE } })
      const schemas = { commands: {}, details: {}, listings: { dealers: 'channel.dealer.view' }, components: {} }
      return renderPage(<Ledger listing="dealers" />, { schemas, session: { ...SESSION, permissions } })
    }
    const { unmount } = ledger(['channel.dealer.manage'])
    await screen.findByText('D007')
    expect(screen.queryByText('dealer_id')).toBeNull()
    unmount()
    ledger(['channel.dealer.view'])
    await screen.findByText('D007')
    expect(screen.getAllByText('dealer_id').length).toBeGreaterThan(0)
  })

  it('reads its state from the address, and a page number from the pager', async () => {
    const { asked } = lists()
    const { router } = renderPage(<Ledger listing="dealers" />, { at: '/?status=active&sort=balance' })
    await screen.findByText('D007')
    expect(lastQuery(asked)).toEqual({ status: 'active', sort: 'balance' })
    fireEvent.click(screen.getByTitle('2'))
    await waitFor(() => expect(lastQuery(asked)).toEqual({ status: 'active', sort: 'balance', page: '2' }))
    expect(router.state.location.search).toContain('page=2')
  })

  it('offers the choices of the main filter as tabs', async () => {
    const { asked } = fakeServer({ 'GET /lists/dealers/meta': { body: { ...META, tabs: 'status' } }, 'GET /lists/dealers': { body: PAGE } })
    const { router } = renderPage(<Ledger listing="dealers" />, { at: '/?q=D00' })
    await screen.findByText('D007')
    fireEvent.click(screen.getByRole('tab', { name: 'suspended' }))
    await waitFor(() => expect(lastQuery(asked)).toEqual({ q: 'D00', status: 'suspended' }))
    fireEvent.click(screen.getByRole('tab', { name: '全部' }))
    await waitFor(() => expect(router.state.location.search).toBe('?q=D00'))
  })

  it('sorts on the server', async () => {
    const { asked } = lists()
    renderPage(<Ledger listing="dealers" />)
    await screen.findByText('D007')
    fireEvent.click(screen.getByRole('columnheader', { name: /balance/ }))
    await waitFor(() => expect(lastQuery(asked)).toEqual({ sort: 'balance' }))
  })

  it('sends what the search form holds, from the first page', async () => {
    const { asked } = lists()
    renderPage(<Ledger listing="dealers" />, { at: '/?page=3' })
    await screen.findByText('D007')
    fireEvent.change(screen.getByPlaceholderText('编号或名称开头'), { target: { value: ' D00 ' } })
    fireEvent.click(screen.getByRole('button', { name: /查\s*询/ }))
    await waitFor(() => expect(lastQuery(asked)).toEqual({ q: 'D00' }))
  })

  it('keeps fixed filters and its state to itself when it is part of a detail', async () => {
    const { asked } = lists()
    renderPage(<Ledger listing="dealers" fixed={{ status: 'active' }} isEmbedded />, { at: '/?page=3' })
    await screen.findByText('D007')
    expect(lastQuery(asked)).toEqual({ status: 'active' })
    expect(screen.queryByPlaceholderText('编号或名称开头')).toBeNull()
  })

  it('says why when the person may not see the list', async () => {
    fakeServer({ 'GET /lists/dealers/meta': { status: 403, body: { code: 'permission_missing', message: '没有权限' } } })
    renderPage(<Ledger listing="dealers" />)
    expect(await screen.findByText('没有权限')).toBeDefined()
  })

  it('asks for the figures over everything when a page stopped counting', async () => {
    const { asked } = fakeServer({
      'GET /lists/dealers/meta': { body: META },
      'GET /lists/dealers': { body: { items: ROWS, total: 10000, is_exact: false, totals: {} } },
      'GET /lists/dealers/summary': { body: { total: 123456, totals: { balance: '55.50' } } },
    })
    renderPage(<Ledger listing="dealers" />, { at: '/?status=active&page=2' })
    expect(await screen.findByText('55.50')).toBeDefined()
    expect(screen.getByText(/共 123456 条，可翻阅前 10000 条/)).toBeDefined()
    expect(asked.find(({ path }) => path === '/lists/dealers/summary')?.query).toEqual({ status: 'active' })
  })

  it('shows an empty list as empty, without totals of nothing', async () => {
    lists({ items: [], total: 0, is_exact: true, totals: {} })
    renderPage(<Ledger listing="dealers" />)
    expect((await screen.findAllByText('暂无数据')).length).toBeGreaterThan(0)
    expect(screen.queryByText('合计')).toBeNull()
  })
})
