import { expect, it } from 'vitest'
import type { ApiSchemas } from '../api/schemas'
import { openPages } from './access'
import { fillPath, routerPath } from './path'
import { detail, ledger } from './spec'

const SCHEMAS: ApiSchemas = {
  commands: {},
  components: {},
  listings: { dealers: 'channel.view', jobs: 'platform.job.view' },
  details: { '/dealers/{id}': { permission: 'channel.view', schema: {} }, '/open': { permission: null, schema: {} } },
}
const PAGES = [
  ledger('channel', '/channel/dealers', 'dealers'),
  detail('channel', '/channel/dealers/{id}', { read: '/dealers/{id}', title: [] }),
  detail('channel', '/channel/open', { read: '/open', title: [] }),
  ledger('system', '/system/jobs', 'jobs'),
  ledger('system', '/system/later', 'not_built_yet'),
]

it('opens what the server offers and the permissions allow', () => {
  const paths = (permissions: string[]) => openPages(PAGES, SCHEMAS, permissions).map(({ path }) => path)
  expect(paths(['channel.view'])).toEqual(['/channel/dealers', '/channel/dealers/{id}', '/channel/open'])
  expect(paths([])).toEqual(['/channel/open'])
})

it('fills paths, and gives none when a value is missing', () => {
  expect(fillPath('/review/{type}/{id}', { type: 'a b', id: 7 })).toBe('/review/a%20b/7')
  expect(fillPath('/review/{type}/{id}', { type: 'a', id: null })).toBeNull()
  expect(routerPath('/review/{type}/{id}')).toBe('/review/:type/:id')
})
