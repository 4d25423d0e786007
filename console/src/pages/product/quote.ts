import type { components } from '../../api/schema'

type Schemas = components['schemas']

export type QuoteAnswer = Schemas['QuoteOut']
export type OnSale = Schemas['OfferOut']

/** What is typed; amounts are yuan strings, the rate an annual fraction. */
export interface Ask {
  product_version_id?: number
  principal?: string
  periods?: number
  method?: string
  annual_rate?: string
  vehicle_price?: string
  start_on?: string
}
