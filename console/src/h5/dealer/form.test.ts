import { describe, expect, it } from 'vitest'
import { filledIn, READINGS } from './form'

describe('what a photo fills in', () => {
  it('leaves what a person typed', () => {
    expect(filledIn({ name: '王一', id_no: '' }, { name: '王二', id_no: '11', phone: undefined })).toEqual({ name: '王一', id_no: '11' })
  })

  it('takes the price of an invoice as it is written', () => {
    expect(READINGS.vehicle_invoice?.fill({ vin: 'V', price: '158800.05' })).toEqual({ vin: 'V', price: '158800.05' })
  })

  it.each([
    ['2031-05-01', { id_valid_until: '2031-05-01', id_is_long_term: false }],
    ['长期', { id_is_long_term: true }],
  ])('reads an id card valid to %s', (valid_to, filled) => expect(READINGS.id_back?.fill({ valid_to })).toEqual(filled))
})
