import { lazy } from 'react'
import { deliverySpec } from '../pages/report/spec'
import { custom, detail, hiddenPage, ledger, type Page } from './spec'

const Catalogue = lazy(() => import('../pages/report/Catalogue'))
const Report = lazy(() => import('../pages/report/Report'))

/** The catalogue of reports, and each report. */
export const reportPages: Page[] = [
  custom('report', '/report/catalogue', 'report.catalogue', Catalogue, { read: '/reports' }),
  ledger('report', '/report/deliveries', 'report_deliveries'),
  detail('report', '/report/deliveries/{delivery_id}', deliverySpec),
  ledger('report', '/report/schedules', 'report_schedules'),
  hiddenPage(custom('report', '/report/reports/{name}', 'report.title', Report, { read: '/reports' })),
]
