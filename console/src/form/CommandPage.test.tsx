import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import type { ApiSchemas } from '../api/schemas'
import { fakeServer } from '../testing/fakeServer'
import { renderPage } from '../testing/render'
import { CommandPage } from './CommandPage'
import type { FormGroups } from './groups'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const SCHEMAS: ApiSchemas = {
  commands: {
    version_create: {
      permission: null,
      schema: { type: 'object', properties: { terms: ref('Terms') }, required: ['terms'] },
    },
  },
  details: {},
  listings: {},
  components: {
    Terms: {
      type: 'object',
      properties: {
        amount_min: { type: 'string', format: 'yuan' },
        amount_max: { type: 'string', format: 'yuan' },
        months: { type: 'array', items: { type: 'integer' } },
        papers: { type: 'array', items: ref('Paper') },
        extra: { type: 'string' },
      },
      required: ['amount_min', 'amount_max'],
    },
    Paper: { type: 'object', properties: { kind: { type: 'string', 'x-choices': 'PaperKind' } }, required: ['kind'] },
    PaperKind: { type: 'string', enum: ['id_front', 'invoice'] },
  },
}
const GROUPS: FormGroups = { terms: [{ title: 'product.group_amount', keys: ['amount_min', 'amount_max'] }] }
const TERMS = { amount_min: '1.00', amount_max: '2.00', months: [12, 24], papers: [{ kind: 'invoice' }], extra: 'kept' }

function open(done = vi.fn()) {
  renderPage(<CommandPage command="version_create" title="New" values={{ terms: TERMS }} groups={GROUPS} onDone={done} />, { schemas: SCHEMAS })
  return done
}
const send = () => fireEvent.click(screen.getByRole('button', { name: 'version_create' }))

it('divides a big object into cards, loses no field, and sends what it shows', async () => {
  const server = fakeServer({ 'POST /commands/version_create': { body: { id: 3 } } })
  const done = open()
  expect(await screen.findByText('额度与车辆')).toBeDefined()
  expect(screen.getByLabelText<HTMLInputElement>('extra').value).toBe('kept')
  fireEvent.change(screen.getByLabelText('amount_max'), { target: { value: '3.00' } })
  send()
  await waitFor(() => expect(done).toHaveBeenCalled())
  expect(server.posts()[0]?.body).toEqual({ terms: { ...TERMS, amount_max: '3.00' } })
})

it('says above the form what is wrong with several fields together', async () => {
  fakeServer({
    'POST /commands/version_create': {
      status: 422,
      body: {
        code: 'input_invalid',
        message: 'no',
        errors: [
          { field: 'terms', code: 'amount_range', message: '最低金额应不大于最高金额' },
          { field: 'terms.amount_min', code: 'x', message: '太大' },
        ],
      },
    },
  })
  const done = open()
  await screen.findByLabelText('amount_min')
  send()
  expect((await screen.findByRole('alert')).textContent).toContain('最低金额应不大于最高金额')
  expect(await screen.findByText('太大')).toBeDefined()
  expect(done).not.toHaveBeenCalled()
})
