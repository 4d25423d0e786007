import { lazy } from 'react'
import { custom, hiddenPage, type Page } from './spec'

const Catalogue = lazy(() => import('../pages/report/Catalogue'))
const Report = lazy(() => import('../pages/report/Report'))

/** The catalogue of reports, and each report. */
export const reportPages: Page[] = [
  custom('report', '/report/catalogue', 'report.catalogue', Catalogue, { read: '/reports' }),
  hiddenPage(custom('report', '/report/reports/{name}', 'report.title', Report, { read: '/reports' })),
]
