import { Suspense, type ReactElement } from 'react'
import { Navigate, useParams, type RouteObject } from 'react-router'
import { ErrorBoundary } from '../components/ErrorBoundary'
import { Loading } from '../components/Loading'
import { Detail } from '../detail/Detail'
import { Ledger } from '../ledger/Ledger'
import { NotFound } from './NotFound'
import { routerPath } from './path'
import type { DetailPage, LedgerPage, Page } from './spec'

/** The router's table for the pages that are open, inside a frame. */
export function routesOf(pages: readonly Page[], frame: ReactElement): RouteObject[] {
  const first = pages.find((page) => page.type !== 'detail')
  const children: RouteObject[] = pages.map((page) => ({ path: routerPath(page.path), element: elementOf(page) }))
  if (first && first.path !== '/') children.push({ path: '/', element: <Navigate replace to={first.path} /> })
  children.push({ path: '*', element: <NotFound /> })
  return [{ element: frame, children }]
}

function elementOf(page: Page): ReactElement {
  return (
    <ErrorBoundary key={page.path}>
      <Suspense fallback={<Loading />}>
        <PageContent page={page} />
      </Suspense>
    </ErrorBoundary>
  )
}

function PageContent({ page }: { page: Page }) {
  if (page.type === 'ledger') return <LedgerView page={page} />
  if (page.type === 'detail') return <DetailView page={page} />
  return <page.component />
}

function LedgerView({ page: { listing, toolbar: Toolbar } }: { page: LedgerPage }) {
  return <Ledger listing={listing} {...(Toolbar ? { toolbar: <Toolbar key="own" /> } : {})} />
}

function DetailView({ page }: { page: DetailPage }) {
  const params = useParams()
  return <Detail key={JSON.stringify(params)} spec={page.spec} params={params} />
}
