import { lazy } from 'react'
import { definitionSpec } from '../pages/process/spec'
import { employeeSpec, jobSpec, operationSpec, userSpec } from '../pages/system/specs'
import { custom, detail, hiddenPage, ledger, type Page } from './spec'

const Departments = lazy(() => import('../pages/system/Departments'))
const EndOfDay = lazy(() => import('../pages/system/EndOfDay'))
const Parameters = lazy(() => import('../pages/system/Parameters'))
const Profile = lazy(() => import('../pages/profile/Profile'))
const RoleEditor = lazy(() => import('../pages/system/RoleEditor'))

/** The institution's people and settings, and what the system did. */
export const systemPages: Page[] = [
  custom('system', '/system/departments', 'departments.title', Departments, { read: '/organisation/departments' }),
  ledger('system', '/system/employees', 'employees'),
  detail('system', '/system/employees/{employee_id}', employeeSpec),
  ledger('system', '/system/positions', 'positions'),
  ledger('system', '/system/users', 'users'),
  detail('system', '/system/users/{user_id}', userSpec),
  ledger('system', '/system/roles', 'roles'),
  hiddenPage(custom('system', '/system/roles/{code}', 'role.title', RoleEditor, { read: '/roles/{code}' })),
  ledger('system', '/system/approval-policies', 'approval_policies'),
  custom('system', '/system/parameters', 'parameters.title', Parameters, { read: '/parameters' }),
  ledger('system', '/system/dictionaries', 'dictionary_items'),
  ledger('system', '/system/process-definitions', 'process_definitions'),
  detail('system', '/system/process-definitions/{definition_id}', definitionSpec),
  ledger('system', '/system/sms-templates', 'sms_templates'),
  ledger('system', '/system/messages', 'messages'),
  ledger('system', '/system/api-tokens', 'api_tokens'),
  ledger('system', '/system/operations', 'operations'),
  detail('system', '/system/operations/{operation_id}', operationSpec),
  ledger('system', '/system/jobs', 'jobs'),
  detail('system', '/system/jobs/{job_id}', jobSpec),
  custom('system', '/system/end-of-day', 'eod.title', EndOfDay, { read: '/end-of-day' }),
  ledger('system', '/system/set-aside', 'eod_set_asides'),
  hiddenPage(custom('system', '/profile', 'profile.title', Profile, null)),
]
