import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { ApiSchemas } from '../api/schemas'
import { fakeServer } from '../testing/fakeServer'
import { renderPage } from '../testing/render'
import { CommandButton } from './CommandButton'

const SCHEMAS: ApiSchemas = {
  commands: {
    dealer_update: {
      permission: 'channel.dealer.manage',
      schema: {
        type: 'object',
        properties: {
          dealer_id: { type: 'integer' },
          version: { type: 'integer' },
          title: { type: 'string' },
          limit: { type: 'string', format: 'yuan' },
          rate: { type: 'string', format: 'rate' },
          account: { $ref: '#/components/schemas/Account' },
          contacts: { type: 'array', items: { $ref: '#/components/schemas/Contact' } },
        },
        required: ['dealer_id', 'title', 'limit'],
      },
    },
    dealer_close: { permission: 'channel.dealer.close', schema: { type: 'object', properties: {} } },
  },
  details: {},
  listings: {},
  components: {
    Account: { type: 'object', properties: { bank: { type: 'string' } }, required: ['bank'] },
    Contact: { type: 'object', properties: { phone: { type: 'string' } }, required: ['phone'] },
  },
}
const ROW = { id: 7, version: 3, title: 'Old name', limit: '100.00', rate: '0.0899', phone: '138****0000' }

function open() {
  const shown = renderPage(<CommandButton command="dealer_update" values={ROW} />, { schemas: SCHEMAS })
  fireEvent.click(screen.getByRole('button', { name: 'dealer_update' }))
  return shown
}
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const send = () => fireEvent.click(screen.getAllByRole('button', { name: 'dealer_update' }).at(-1) as HTMLElement)

describe('SchemaForm', () => {
  it('fills in what is known, hides what names the thing, and sends exact strings', async () => {
    const server = fakeServer({ 'POST /commands/dealer_update': { body: { id: 7 } } })
    open()
    await screen.findByLabelText('limit')
    expect(screen.queryByLabelText('dealer_id')).toBeNull()
    expect(screen.queryByLabelText('version')).toBeNull()
    expect(screen.getByLabelText<HTMLInputElement>('rate').value).toBe('8.99')
    type('limit', '99,999,999,999,999.99')
    type('rate', '10.5')
    type('bank', 'ICBC')
    send()
    await waitFor(() => expect(server.posts()).toHaveLength(1))
    expect(server.posts()[0]?.body).toEqual({
      dealer_id: 7, version: 3, title: 'Old name', limit: '99999999999999.99', rate: '0.105', account: { bank: 'ICBC' }, contacts: [],
    })
    await screen.findByText(/已完成/)
  })

  it('refuses amounts that are none before anything is sent', async () => {
    const server = fakeServer({})
    open()
    await screen.findByLabelText('limit')
    type('limit', '1.234')
    type('bank', 'ICBC')
    send()
    expect(await screen.findByText('请输入金额，最多两位小数')).toBeDefined()
    expect(server.posts()).toHaveLength(0)
  })

  it("puts the server's words beside the field, nested fields too", async () => {
    fakeServer({
      'POST /commands/dealer_update': {
        status: 422,
        body: { code: 'input_invalid', message: 'no', errors: [{ field: 'account.bank', code: 'x', message: '银行不存在' }] },
      },
    })
    open()
    await screen.findByLabelText('bank')
    type('bank', 'NONE')
    send()
    expect(await screen.findByText('银行不存在')).toBeDefined()
    expect(document.activeElement).toBe(screen.getByLabelText('bank'))
  })

  it('puts the cursor into the first field that is wrong', async () => {
    fakeServer({})
    open()
    await screen.findByLabelText('bank')
    type('limit', '')
    send()
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('limit')))
    type('limit', '1.00')
    send()
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('bank')))
  })

  it('keeps its key while the same input is tried again, and takes a new one for changed input', async () => {
    const server = fakeServer({ 'POST /commands/dealer_update': { status: 500, body: { code: 'internal_error', message: '系统繁忙' } } })
    open()
    await screen.findByLabelText('bank')
    type('bank', 'ICBC')
    send()
    await screen.findByText('系统繁忙')
    send()
    await waitFor(() => expect(server.posts()).toHaveLength(2))
    type('bank', 'ABC')
    send()
    await waitFor(() => expect(server.posts()).toHaveLength(3))
    const [first, second, third] = server.posts().map(({ headers }) => headers.get('Idempotency-Key'))
    expect(first).toBe(second)
    expect(third).not.toBe(first)
  })

  it('does not send twice on a double click', async () => {
    const server = fakeServer({ 'POST /commands/dealer_update': { body: { id: 7 } } })
    open()
    await screen.findByLabelText('bank')
    type('bank', 'ICBC')
    send()
    send()
    await screen.findByText(/已完成/)
    expect(server.posts()).toHaveLength(1)
  })

  it('adds and removes items of a list', async () => {
    const server = fakeServer({ 'POST /commands/dealer_update': { body: { id: 7 } } })
    open()
    fireEvent.click(await screen.findByRole('button', { name: /添加一项/ }))
    fireEvent.click(screen.getByRole('button', { name: /添加一项/ }))
    const [first] = screen.getAllByLabelText('phone')
    fireEvent.change(first as HTMLElement, { target: { value: '13800000000' } })
    fireEvent.click(screen.getAllByRole('button', { name: '删除此项' })[1] as HTMLElement)
    type('bank', 'ICBC')
    send()
    await waitFor(() => expect(server.posts()).toHaveLength(1))
    expect((server.posts()[0]?.body as { contacts: unknown }).contacts).toEqual([{ phone: '13800000000' }])
  })

  it('says that a command waits for review', async () => {
    fakeServer({ 'POST /commands/dealer_update': { status: 202, body: { pending_no: 'PC001' } } })
    open()
    await screen.findByLabelText('bank')
    type('bank', 'ICBC')
    send()
    expect(await screen.findByText(/PC001/)).toBeDefined()
  })
})

describe('CommandButton', () => {
  it('is not there without the permission, nor when the state does not allow it', () => {
    fakeServer({})
    renderPage(
      <>
        <CommandButton command="dealer_close" />
        <CommandButton command="dealer_update" actions={['dealer_close']} />
        <CommandButton command="dealer_close" actions={['dealer_close']} />
      </>,
      { schemas: SCHEMAS },
    )
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['dealer_close'])
  })
})
