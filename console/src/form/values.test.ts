import { expect, test } from 'vitest'
import type { Field } from '../schema/fields'
import { identityOf, startValues } from './values'

const field = (key: string): Field => ({ key, kind: 'text', schema: {}, fields: [] }) as unknown as Field
const FIELDS = ['customer_id', 'version', 'id_no', 'phone', 'employer', 'contacts'].map(field)
const KNOWN = {
  id: 7,
  version: 2,
  id_no: '3301**********0012',
  phone: '138****1234',
  employer: '某公司',
  contacts: [{ name: '李娜', phone: '139****5678' }],
}

test('what is shown masked is neither sent back nor filled in', () => {
  expect(identityOf('customer_update', FIELDS, KNOWN)).toEqual({ customer_id: 7, version: 2 })
  expect(startValues(FIELDS, KNOWN)).toEqual({ version: 2, employer: '某公司' })
})
