import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { ApiSchemas } from '../api/schemas'
import { RowActions } from '../ledger/RowActions'
import { SESSION, renderPage } from '../testing/render'
import { fakeServer } from '../testing/fakeServer'
import { CommandButton } from './CommandButton'

const object = (properties: Record<string, unknown>) => ({ type: 'object', properties })
const SCHEMAS: ApiSchemas = {
  commands: {
    receipt_register: {
      permission: 'servicing.receipt.register',
      schema: object({ loan_no: { type: 'string' }, payoff_quote_no: { type: 'string' } }),
    },
    approval_policy_set: { permission: 'p', schema: object({ command: { type: 'string' }, roles: { type: 'array', items: { type: 'string' } } }) },
    api_token_create: { permission: 'p', schema: object({}), result: object({ token: { type: 'string' } }) },
    payoff_quote_create: {
      permission: 'p',
      schema: object({}),
      result: object({ id: { type: 'integer' }, quote_no: { type: 'string' }, total: { type: 'string', format: 'yuan' } }),
    },
    amount_set: { permission: 'p', schema: object({ min_amount: { type: 'string', format: 'yuan', default: 0 } }) },
    task_reassign: { permission: 'p', schema: object({ task_id: { type: 'integer' }, user_id: { type: 'integer' } }) },
    report_schedule_create: {
      permission: 'p',
      schema: object({
        report: { type: 'string' },
        asked: { type: 'object', additionalProperties: { type: 'string' }, 'x-answers-of': 'report' },
      }),
    },
    parameter_set: { permission: 'p', schema: object({ code: { type: 'string' }, value: {} }) },
  },
  details: {},
  listings: {},
  components: {},
}
const session = { ...SESSION, permissions: ['servicing.receipt.register', 'p'] }

function open(command: string, more: Partial<Parameters<typeof CommandButton>[0]> = {}) {
  renderPage(<CommandButton command={command} {...more} />, { schemas: SCHEMAS, session })
  fireEvent.click(screen.getByRole('button', { name: command }))
}
const send = (command: string) => fireEvent.click(screen.getAllByRole('button', { name: command }).at(-1) as HTMLElement)

describe('choices among rows', () => {
  it('searches loans on the server and sends the number of the one chosen; its quotes follow the loan', async () => {
    const server = fakeServer({
      'GET /lists/loans': { body: { items: [{ id: 4, loan_no: 'LN4', customer_name: '王芳' }] } },
      'GET /lists/payoff_quotes': { body: { items: [{ id: 1, quote_no: 'PQ1', loan_no: 'LN4', total: '9.00', on: '2026-11-22' }] } },
      'POST /commands/receipt_register': { body: {} },
    })
    open('receipt_register')
    fireEvent.change(await screen.findByLabelText('loan_no'), { target: { value: 'LN' } })
    fireEvent.click(await screen.findByText('LN4 王芳'))
    await waitFor(() => {
      const loans = server.asked.filter(({ path }) => path === '/lists/loans')
      expect(loans.map(({ query }) => query.q)).toContain('LN')
    })
    await waitFor(() => {
      const quotes = server.asked.filter(({ path }) => path === '/lists/payoff_quotes')
      expect(quotes.at(-1)?.query.q).toBe('LN4')
    })
    send('receipt_register')
    await waitFor(() => expect(server.posts()).toHaveLength(1))
    expect(server.posts()[0]?.body).toEqual({ loan_no: 'LN4' })
  })

  it('offers commands by name under their headings, and several roles at once', async () => {
    fakeServer({
      'GET /approvable-commands': { body: [{ command: 'fee_charge', context: 'servicing', has_amount: true }] },
      'GET /lists/roles': { body: { items: [{ id: 1, code: 'cashier', name: '出纳' }] } },
    })
    open('approval_policy_set')
    fireEvent.mouseDown(await screen.findByLabelText('command'))
    expect(await screen.findByText('servicing')).toBeDefined()
    expect((await screen.findAllByText('fee_charge')).length).toBeGreaterThan(0)
    fireEvent.mouseDown(screen.getByLabelText('roles'))
    expect((await screen.findAllByText('出纳 cashier')).length).toBeGreaterThan(0)
  })

  it('sends the default of an amount as the yuan that it shows', async () => {
    const server = fakeServer({ 'POST /commands/amount_set': { body: {} } })
    open('amount_set')
    expect((await screen.findByLabelText<HTMLInputElement>('min_amount')).value).toBe('0.00')
    send('amount_set')
    await waitFor(() => expect(server.posts()[0]?.body).toEqual({ min_amount: '0.00' }))
  })

  it('asks for the choices of the thing that the form is about', async () => {
    const server = fakeServer({
      'GET /tasks/8/workers': { body: [{ id: 5, name: '白若溪' }] },
      'POST /commands/task_reassign': { body: {} },
    })
    open('task_reassign', { values: { id: 8 } })
    fireEvent.mouseDown(await screen.findByLabelText('user_id'))
    fireEvent.click(await screen.findByText('白若溪'))
    send('task_reassign')
    await waitFor(() => expect(server.posts()[0]?.body).toEqual({ task_id: 8, user_id: 5 }))
  })

  it("asks a report's own questions in its words, and sends the answers by their keys", async () => {
    const question = { kind: 'text', enum: null, choices: null, default: null, is_required: false }
    const questions = [{ ...question, key: 'contract', label: '合同编号' }, { ...question, key: 'state', kind: 'enum', choices: ['open'], label: '状态' }]
    const server = fakeServer({
      'GET /report-choices': { body: [{ name: 'cash_summary', title: '资金日记账汇总' }] },
      'GET /reports/cash_summary/meta': { body: { questions } },
      'POST /commands/report_schedule_create': { body: { id: 1 } },
    })
    open('report_schedule_create')
    expect(await screen.findByText('请先选择报表')).toBeDefined()
    fireEvent.mouseDown(await screen.findByLabelText('report'))
    fireEvent.click(await screen.findByText('资金日记账汇总'))
    fireEvent.change(await screen.findByLabelText('合同编号'), { target: { value: 'HT1' } })
    send('report_schedule_create')
    await waitFor(() => expect(server.posts()[0]?.body).toEqual({ report: 'cash_summary', asked: { contract: 'HT1' } }))
  })

  it('takes the kind of an open field from the page', async () => {
    const server = fakeServer({ 'POST /commands/parameter_set': { body: { id: 1 } } })
    open('parameter_set', { values: { code: 'a.rate', value: '0.06' }, shapes: { value: { kind: 'rate' } } })
    const value = await screen.findByLabelText<HTMLInputElement>('value')
    expect(value.value).toBe('6')
    fireEvent.change(value, { target: { value: '9' } })
    send('parameter_set')
    await waitFor(() => expect(server.posts()[0]?.body).toEqual({ code: 'a.rate', value: '0.09' }))
  })
})

describe('what came of a command', () => {
  it('is a secret shown once', async () => {
    fakeServer({ 'POST /commands/api_token_create': { body: { token: 'axle_secret' } } })
    open('api_token_create')
    await waitFor(() => send('api_token_create'))
    expect(await screen.findByText('axle_secret')).toBeDefined()
    expect(screen.getByText('请立即复制保存，关闭后不能再次查看。')).toBeDefined()
  })

  it('is read by the schema of its answer', async () => {
    fakeServer({ 'POST /commands/payoff_quote_create': { body: { id: 77, quote_no: 'PQ1', total: '1234567.80' } } })
    open('payoff_quote_create')
    await waitFor(() => send('payoff_quote_create'))
    expect(await screen.findByText('1,234,567.80')).toBeDefined()
    expect(screen.queryByText('77')).toBeNull()
  })
})

it('offers for a row only what its state allows', () => {
  fakeServer({})
  renderPage(<RowActions row={{ id: 1, actions: ['parameter_set'] } as never} />, { schemas: SCHEMAS, session })
  expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['parameter_set'])
})
