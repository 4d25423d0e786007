import { lazy, Suspense, type ComponentType } from 'react'
import { Navigate, type RouteObject } from 'react-router'
import { Crash } from './parts/Crash'
import { CustomerGate, DealerGate, FieldGate } from './parts/Gates'
import { Wait } from './parts/Wait'

function page(load: () => Promise<{ default: ComponentType }>) {
  const Page = lazy(load)
  return (
    <Suspense fallback={<Wait />}>
      <Page />
    </Suspense>
  )
}

const inspection = { path: 'inspections/:inspectionNo', element: page(() => import('./field/Inspection')) }
const inspections = page(() => import('./field/Inspections'))

const fieldPages: RouteObject[] = [{ index: true, element: inspections }, inspection]

const dealerPages: RouteObject[] = [
  { index: true, element: page(() => import('./dealer/Applications')) },
  { path: 'new', element: page(() => import('./dealer/Intake')) },
  { path: 'applications/:id', element: page(() => import('./dealer/Intake')) },
  { path: 'inspections', element: inspections },
  inspection,
]

const customerPages: RouteObject[] = [
  { index: true, element: page(() => import('./me/Overview')) },
  { path: 'contracts/:id', element: page(() => import('./me/Contract')) },
  { path: 'documents/:id', element: page(() => import('./me/Document')) },
  { path: 'loans/:loanNo', element: page(() => import('./me/Loan')) },
  { path: 'loans/:loanNo/payoff', element: page(() => import('./me/Payoff')) },
  { path: 'loans/:loanNo/prepayment', element: page(() => import('./me/Prepayment')) },
]

/** The phone pages: dealers take in applications, borrowers sign and look after their loans, our people inspect cars. */
export const phoneRoutes: RouteObject[] = [
  {
    errorElement: <Crash />,
    children: [
      { path: '/', element: page(() => import('./Home')) },
      { path: '/dealer', element: <DealerGate />, children: dealerPages },
      { path: '/field', element: <FieldGate />, children: fieldPages },
      { path: '/verify', element: page(() => import('./verify/Verify')) },
      { path: '/me/sign/:token', element: page(() => import('./me/Signing')) },
      { path: '/me', element: <CustomerGate />, children: customerPages },
      { path: '*', element: <Navigate replace to="/" /> },
    ],
  },
]
