import { businessPages } from './business'
import { financePages } from './finance'
import { lendingPages } from './lending'
import { reportPages } from './report'
import { systemPages } from './system'
import type { Page } from './spec'
import { workbenchPages } from './workbench'

/** Every page of the console; a page that the server does not offer, or that a person may not open, is not there. */
export const PAGES: readonly Page[] = [...workbenchPages, ...lendingPages, ...financePages, ...businessPages, ...reportPages, ...systemPages]
