import { lazy } from 'react'
import { custom, detail, hiddenPage, ledger, type Page } from './spec'

const Departments = lazy(() => import('../pages/system/Departments'))
const RoleEditor = lazy(() => import('../pages/system/RoleEditor'))

/** The institution's people and settings, and what the system did. */
export const systemPages: Page[] = [
  custom('system', '/system/departments', 'departments.title', Departments, { read: '/organisation/departments' }),
  ledger('system', '/system/employees', 'employees'),
  ledger('system', '/system/users', 'users'),
  ledger('system', '/system/roles', 'roles'),
  hiddenPage(custom('system', '/system/roles/{code}', 'role.title', RoleEditor, { read: '/roles/{code}' })),
  ledger('system', '/system/approval-policies', 'approval_policies'),
  ledger('system', '/system/parameters', 'parameter_values'),
  ledger('system', '/system/dictionaries', 'dictionary_items'),
  ledger('system', '/system/process-definitions', 'process_definitions'),
  detail('system', '/system/process-definitions/{definition_id}', {
    read: '/process-definitions/{definition_id}',
    title: ['code', 'name'],
    states: ['state'],
    enums: { state: 'DefinitionState' },
  }),
  ledger('system', '/system/sms-templates', 'sms_templates'),
  ledger('system', '/system/messages', 'messages'),
  ledger('system', '/system/api-tokens', 'api_tokens'),
  ledger('system', '/system/operations', 'operations'),
  detail('system', '/system/operations/{operation_id}', { read: '/operations/{operation_id}', title: ['operation', 'actor_name'] }),
  ledger('system', '/system/jobs', 'jobs'),
  ledger('system', '/system/end-of-day', 'eod_step_runs'),
]
