import { lazy, Suspense } from 'react'
import { EditorLink } from '../../components/EditorLink'
import { Loading } from '../../components/Loading'
import type { Data, DetailSpec } from '../../detail/spec'
import { TERM_GROUPS } from './groups'

const VersionQuote = lazy(() => import('./VersionQuote'))

/** A version of a product: its terms by groups, a quote under them, what it changed. */
export const productVersionSpec: DetailSpec = {
  read: '/product-versions/{version_id}',
  title: ['product', 'name'],
  states: ['state'],
  hidden: ['revision'],
  partGroups: TERM_GROUPS,
  forms: {
    product_version_create: (data) => <EditorLink to={`/product/editor?copy=${String(data.id)}`} word="product.copy" />,
    product_version_update: (data) => <EditorLink to={`/product/editor?draft=${String(data.id)}`} word="product.edit" />,
  },
  tabs: [
    {
      key: 'quote',
      title: 'product.try',
      render: (data: Data) => (
        <Suspense fallback={<Loading />}>
          <VersionQuote data={data} />
        </Suspense>
      ),
    },
  ],
  comparedKey: 'terms',
}
