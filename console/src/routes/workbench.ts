import { lazy } from 'react'
import { custom, type Page } from './spec'

const Workbench = lazy(() => import('../pages/workbench/Workbench'))

/** Where everybody starts. */
export const workbenchPages: Page[] = [custom('workbench', '/workbench', 'menu.workbench', Workbench, { read: '/workbench' })]
