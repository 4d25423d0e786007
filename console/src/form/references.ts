import type { Labels } from '../i18n/words'
import type { Values } from './values'

/** A row of a listing or of a short list. */
export type ReferenceRow = Record<string, string | number | boolean | null | string[]>

interface Common {
  /** Keys whose values tell the rows apart; or words of a catalogue for codes. */
  label: string[] | ((row: ReferenceRow, labels: Labels) => string)
  /** The key that is sent; "id" without it. */
  value?: string
  /** A heading for rows that belong together. */
  group?: (row: ReferenceRow, labels: Labels) => string
}

/** Where a form finds the choices of a key: a listing (searched on the server) or a short list at a path. */
export type Reference = Common & ({ listing: string; query?: Record<string, string> } | { path: string })

const DEPARTMENTS: Reference = { path: '/choices/departments', label: ['name'] }
const EMPLOYEES: Reference = { path: '/choices/employees', label: ['code', 'name'] }
/** Our bank accounts for who reads the books, which is more people than those who keep the accounts. */
const BANK_ACCOUNTS: Reference = { path: '/bank-account-choices', label: ['name'] }
const ROLES: Reference = { listing: 'roles', label: ['name', 'code'], value: 'code' }
const DEALERS: Reference = { listing: 'dealers', label: ['dealer_no', 'name'] }
const context = (row: ReferenceRow, labels: Labels) => labels.enumText('Context', String(row.context))
const PERMISSIONS: Reference = {
  path: '/permissions', value: 'permission', label: (row, labels) => labels.permission(String(row.permission)), group: context,
}

const REFERENCES: Record<string, Reference> = {
  legal_entity_id: { path: '/organisation/legal-entities', label: ['code', 'name'] },
  position_id: { path: '/organisation/positions', label: ['name'] },
  department_id: DEPARTMENTS,
  parent_id: DEPARTMENTS,
  employee_id: EMPLOYEES,
  delegate_id: EMPLOYEES,
  inspector_id: EMPLOYEES,
  successor_id: EMPLOYEES,
  owner_id: EMPLOYEES,
  manager_id: EMPLOYEES,
  dealer_id: DEALERS,
  channel_ids: DEALERS,
  roles: ROLES,
  like: ROLES,
  user_id: { listing: 'users', label: ['username', 'display_name'], query: { is_active: 'true' } },
  customer_id: { listing: 'customers', label: ['customer_no', 'name'] },
  vehicle_id: { listing: 'vehicles', label: ['vin', 'name'] },
  product_version_id: { listing: 'product_versions', label: ['code', 'name', 'version_no'] },
  loan_no: { listing: 'loans', label: ['loan_no', 'customer_name'], value: 'loan_no', query: { state: 'in_force' } },
  receipt_no: { listing: 'receipts', label: ['receipt_no', 'payer_name', 'amount', 'value_on'], value: 'receipt_no', query: { state: 'confirmed' } },
  payoff_quote_no: { listing: 'payoff_quotes', label: ['quote_no', 'loan_no', 'total', 'on'], value: 'quote_no' },
  bank_account_id: { listing: 'bank_accounts', label: ['name', 'account_no'] },
  account: { listing: 'accounts', label: ['code', 'name_zh'], value: 'code', query: { is_postable: 'true', is_active: 'true' } },
  cash_flow: { path: '/cash-flow-items', label: ['name'], value: 'code' },
  dictionary: { path: '/dictionaries', label: ['name', 'code'], value: 'code' },
  checker_permission: PERMISSIONS,
  product: { listing: 'products', label: ['code', 'name_zh'], value: 'code' },
  strategy: { listing: 'strategies', label: ['code', 'name_zh'], value: 'code' },
  workflow: { path: '/process-choices', label: ['code', 'name'], value: 'code' },
  parameter: { listing: 'policy_parameters', label: ['parameter', 'parameter_name'], value: 'parameter' },
  strategy_version_id: { listing: 'strategy_versions', label: ['strategy_name', 'version_no', 'state'] },
  policy_calibration_id: { listing: 'policy_calibrations', label: ['calibration_no', 'note'] },
  market_feed_id: { listing: 'market_feeds', label: ['feed_no', 'observed_on', 'market_source'] },
  trim_id: { listing: 'trims', label: ['make', 'series', 'model_year', 'name'] },
}

/** Keys that mean something else in one command than elsewhere. */
const OF_COMMAND: Record<string, Record<string, Reference>> = {
  task_reassign: { user_id: { path: '/tasks/{task_id}/workers', label: ['name'] } },
  report_schedule_create: {
    report: { path: '/report-choices', label: ['title'], value: 'name' },
    recipients: { path: '/report-recipients', label: ['name'] },
  },
  voucher_create: { bank_account_id: BANK_ACCOUNTS },
  report: {
    bank_account_id: BANK_ACCOUNTS,
    product_code: { listing: 'products', label: ['code', 'name_zh'], value: 'code' },
    loan_no: { listing: 'loans', label: ['loan_no', 'customer_name'], value: 'loan_no' },
  },
  application_save_draft: {
    product_version_id: { path: '/products-on-sale', label: ['product', 'name'], value: 'product_version_id' },
    parameter: { listing: 'policy_parameters', label: ['parameter', 'parameter_name'], value: 'parameter' },
  market_feed_id: { listing: 'market_feeds', label: ['feed_no', 'observed_on', 'market_source'] },
  trim_id: { path: '/vehicles/catalogue', label: ['make', 'series', 'model_year', 'name'] },
  },
  approval_policy_set: {
    command: {
      path: '/approvable-commands', value: 'command', label: (row, labels) => labels.command(String(row.command)), group: context,
    },
  },
}

export function referenceOf(key: string, command = ''): Reference | undefined {
  return OF_COMMAND[command]?.[key] ?? REFERENCES[key]
}

/** The path of a short list, where it names the thing that the form is about. */
export function about(reference: Reference, thing: Values): Reference {
  if (!('path' in reference)) return reference
  return { ...reference, path: reference.path.replace(/\{(\w+)\}/, (_, key: string) => String(thing[key])) }
}

/** What else of the form narrows the choices: the quotes of the loan that was chosen. */
export function narrowing(key: string, form: Values): Record<string, string> {
  if (['payoff_quote_no', 'receipt_no'].includes(key) && typeof form.loan_no === 'string') return { q: form.loan_no }
  return {}
}
