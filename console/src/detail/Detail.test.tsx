import { fireEvent, screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { ApiSchemas } from '../api/schemas'
import type { Field } from '../schema/fields'
import { fakeServer } from '../testing/fakeServer'
import { SESSION, renderPage } from '../testing/render'
import { Detail } from './Detail'
import { OnePage } from './OnePage'
import type { DetailSpec } from './spec'
import { fieldAt } from './VersionChanges'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const SCHEMAS: ApiSchemas = {
  commands: {},
  listings: {},
  details: {
    '/versions/{version_id}': {
      permission: null,
      schema: {
        type: 'object',
        properties: {
          id: { type: 'integer' },
          name: { type: 'string' },
          dealer_id: { type: 'integer' },
          terms: ref('Terms'),
        },
      },
    },
    '/versions/{thing_id}/history': { permission: 'p.view', schema: {} },
  },
  components: {
    Terms: {
      type: 'object',
      properties: {
        amount: { type: 'string', format: 'yuan' },
        rate: ref('Rate'),
        fees: { type: 'array', items: ref('Fee') },
        days: { type: 'array', items: { type: 'integer' } },
        loose: { type: 'object' },
      },
    },
    Rate: { type: 'object', properties: { minimum: { type: 'string', format: 'rate' } } },
    Fee: { type: 'object', properties: { code: { type: 'string' }, fee_amount: { type: 'string', format: 'yuan' } } },
  },
}
const TERMS = {
  amount: '50000.00', rate: { minimum: '0.0399' }, fees: [{ code: 'gps', fee_amount: '980.00' }], days: [1, 15], loose: { a_key: 'a value' },
}
const SPEC: DetailSpec = { read: '/versions/{version_id}', title: ['name'], comparedKey: 'terms' }

function open(spec: DetailSpec = SPEC, permissions = ['p.view']) {
  const server = fakeServer({
    'GET /versions/7': { body: { id: 7, name: 'NEW-CAR', dealer_id: 991, terms: TERMS } },
    'GET /versions/7/diff': {
      body: {
        version_no: 2,
        against_no: 1,
        changes: [
          { path: ['amount'], before: '60000.00', after: '50000.00' },
          { path: ['fees', 'gps', 'fee_amount'], before: '880.00', after: '980.00' },
        ],
      },
    },
    'GET /versions/7/history': {
      body: [
        {
          at: '2026-11-20T09:00:00+08:00', operation: 'version_update', actor_name: 'Su', checker_name: '', note: '',
          changes: [{ type: 'version', id: '7', act: 'changed', lines: [{ field: 'note', enum: '', before: 'old', after: 'new' }] }],
        },
      ],
    },
  })
  return { server, ...renderPage(<Detail spec={spec} params={{ version_id: '7' }} />, { schemas: SCHEMAS, session: { ...SESSION, permissions } }) }
}

describe('Detail', () => {
  it('shows parts, tables in parts and loose values for reading, and no keys of rows', async () => {
    const { container } = open()
    expect(await screen.findByText('50,000.00')).toBeDefined()
    expect(screen.getByText('3.99%')).toBeDefined()
    expect(screen.getByText('980.00')).toBeDefined()
    expect(screen.getByText('a value')).toBeDefined()
    expect(container.textContent).toContain('1, 15')
    expect(container.textContent).not.toContain('991')
    expect(container.textContent).not.toContain('{"')
  })

  it('is one page of parts that are read when somebody comes near, walked by keys, with acts by key', async () => {
    const [approve, scroll] = [vi.fn(), vi.fn()]
    Element.prototype.scrollIntoView = scroll
    const bar = <button data-shortcut="1" onClick={approve} />
    open({
      ...SPEC,
      apart: ['terms'],
      onePage: (_data, { overview, part, past }) => (
        <OnePage
          bar={bar}
          parts={[
            { key: 'facts', title: 'Facts', content: overview },
            { key: 'rate', title: 'Rate', content: part('terms.rate') },
            { key: 'past', title: 'Past', content: past },
          ]}
        />
      ),
    })
    const at = () => screen.getAllByRole('button').find((button) => button.getAttribute('aria-current'))?.textContent
    await screen.findByRole('button', { name: 'Rate' })
    expect(screen.queryByText('3.99%')).toBeNull()
    fireEvent.keyDown(document.body, { key: 'j' })
    expect(await screen.findByText('3.99%')).toBeDefined()
    expect(at()).toBe('Rate')
    expect(screen.queryByText('50,000.00')).toBeNull()
    expect(screen.getByRole('tab', { name: '操作记录' })).toBeDefined()
    fireEvent.keyDown(document.body, { key: 'K' })
    expect(at()).toBe('Facts')
    fireEvent.keyDown(document.body, { key: '1', ctrlKey: true })
    expect(approve).not.toHaveBeenCalled()
    fireEvent.keyDown(document.body, { key: '1' })
    expect(approve).toHaveBeenCalledOnce()
    await vi.waitFor(() => expect(scroll).toHaveBeenCalledTimes(2))
  })

  it('tells what a version changed, by the kind of each place', async () => {
    open()
    fireEvent.click(await screen.findByRole('tab', { name: '与上一版比较' }))
    expect(await screen.findByText('60,000.00')).toBeDefined()
    expect(screen.getByText('880.00')).toBeDefined()
  })

  it('tells what was done to it', async () => {
    open()
    fireEvent.click(await screen.findByRole('tab', { name: '操作记录' }))
    expect(await screen.findByText('version_update')).toBeDefined()
    expect(screen.getByText('old')).toBeDefined()
    expect(screen.getByText('new')).toBeDefined()
  })

  it('offers what may be done beyond a few buttons in a menu', async () => {
    const names = Array.from({ length: 9 }, (_, index) => `act_${index}`)
    const commands = Object.fromEntries(names.map((name) => [name, { permission: null, schema: { type: 'object', properties: {} } }]))
    fakeServer({ 'GET /versions/7': { body: { id: 7, name: 'NEW-CAR', actions: names } } })
    renderPage(<Detail spec={SPEC} params={{ version_id: '7' }} />, { schemas: { ...SCHEMAS, commands } })
    expect(await screen.findByRole('button', { name: 'act_5' })).toBeDefined()
    expect(screen.queryByRole('button', { name: 'act_6' })).toBeNull()
    fireEvent.click(screen.getByRole('button', { name: /更多操作/ }))
    fireEvent.click(await screen.findByRole('menuitem', { name: 'act_8' }))
    expect(await screen.findByRole('dialog')).toBeDefined()
  })

  it('has no history for whoever may not read it', async () => {
    open(SPEC, [])
    expect(await screen.findByRole('tab', { name: '与上一版比较' })).toBeDefined()
    expect(screen.queryByRole('tab', { name: '操作记录' })).toBeNull()
  })
})

it('finds the field at a place, past the names of listed things', () => {
  const field = (key: string, fields: Field[] = [], item: Field | null = null): Field => ({
    key, fields, item, entry: null, owner: '', kind: 'text', enumName: '', choices: [], isRequired: false, schema: {},
  })
  const fields = [field('rate', [field('minimum')]), field('fees', [], field('fees', [field('amount')]))]
  expect(fieldAt(fields, ['rate', 'minimum'])?.key).toBe('minimum')
  expect(fieldAt(fields, ['fees', 'gps', 'amount'])?.key).toBe('amount')
  expect(fieldAt(fields, ['nothing'])).toBeUndefined()
})
