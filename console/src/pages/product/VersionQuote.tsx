import type { Data } from '../../detail/spec'
import Quote from './Quote'
import type { OnSale } from './quote'

/** A quote under one version, also under a draft. */
export default function VersionQuote({ data }: { data: Data }) {
  const offer = {
    product_version_id: data.id, product: data.product, name: data.name, version_no: data.version_no, terms: data.terms,
  } as OnSale
  return <Quote offer={offer} />
}
