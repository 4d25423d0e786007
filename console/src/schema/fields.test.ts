import { describe, expect, it } from 'vitest'
import { pickSchemas } from '../../build/apiSchemas'
import { fieldsOf } from './fields'

const COMPONENTS = {
  DealerState: { type: 'string', enum: ['active', 'exited'] },
  Account: { type: 'object', properties: { account_no: { type: 'string' } }, required: ['account_no'] },
}
const field = (key: string, property: object, required = [key]) =>
  fieldsOf({ type: 'object', properties: { [key]: property }, required }, COMPONENTS)[0]

describe('fields of a schema', () => {
  it.each([
    ['price', { type: 'string', format: 'yuan' }, 'money'],
    ['rate', { anyOf: [{ type: 'string', format: 'rate' }, { type: 'null' }] }, 'rate'],
    ['signed_at', { type: 'string' }, 'datetime'],
    ['signed_on', { type: 'string' }, 'date'],
    ['opinion', { type: 'string' }, 'textarea'],
    ['photo_file_id', { type: 'integer' }, 'file'],
    ['value', {}, 'any'],
    ['account', { $ref: '#/components/schemas/Account' }, 'object'],
    ['periods', { type: 'array', items: { type: 'integer' } }, 'list'],
  ])('%s is seen as its kind', (key, property, kind) => expect(field(key, property)?.kind).toBe(kind))

  it('names enumerations by their component, or by their key', () => {
    expect(field('state', { $ref: '#/components/schemas/DealerState' })).toMatchObject({ enumName: 'DealerState', choices: ['active', 'exited'] })
    expect(field('vehicle_kind', { enum: ['new', 'used'] })).toMatchObject({ enumName: 'VehicleKind' })
  })

  it('does not require what may be null', () => {
    expect(field('note_text', { anyOf: [{ type: 'string' }, { type: 'null' }] })?.isRequired).toBe(false)
    expect(field('name', { type: 'string' })?.isRequired).toBe(true)
    expect(field('name', { type: 'string' }, [])?.isRequired).toBe(false)
  })
})

describe('what is picked of the OpenAPI document', () => {
  const document = {
    paths: {
      '/api/v1/commands/dealer_create': {
        post: { 'x-permission': 'channel.manage', requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/DealerIn' } } } } },
      },
      '/api/v1/lists/dealers': { get: { 'x-permission': 'channel.view' } },
      '/api/v1/lists/dealers/meta': { get: { 'x-permission': 'channel.view' } },
      '/api/v1/dealers/{id}': {
        get: { 'x-permission': 'channel.view', responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Other' } } } } } },
      },
    },
    components: {
      schemas: {
        DealerIn: { title: 'DealerIn', properties: { title: { type: 'string', title: 'Title' }, state: { $ref: '#/components/schemas/State' } } },
        State: { enum: ['a'] },
        Other: { type: 'object' },
        Unused: { type: 'object' },
      },
    },
  }

  it('is commands, listings and details with their permission, and only the components they name', () => {
    const picked = pickSchemas(document)
    expect(picked.commands.dealer_create?.permission).toBe('channel.manage')
    expect(picked.listings).toEqual({ dealers: 'channel.view' })
    expect(Object.keys(picked.details)).toEqual(['/dealers/{id}'])
    expect(Object.keys(picked.components).sort()).toEqual(['DealerIn', 'Other', 'State'])
  })

  it('drops prose but keeps a property named title', () => {
    expect(pickSchemas(document).components.DealerIn).toEqual({
      properties: { title: { type: 'string' }, state: { $ref: '#/components/schemas/State' } },
    })
  })
})
