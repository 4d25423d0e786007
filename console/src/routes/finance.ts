import { lazy } from 'react'
import { postingRuleSpec, statementVersionSpec, voucherSpec } from '../pages/finance/specs'
import { custom, detail, hiddenPage, ledger, type Page } from './spec'

const TrialBalance = lazy(() => import('../pages/finance/TrialBalance'))
const Periods = lazy(() => import('../pages/finance/Periods'))
const BankClearing = lazy(() => import('../pages/finance/BankClearing'))
const RuleEditor = lazy(() => import('../pages/finance/RuleEditor'))
const AccountLedger = lazy(() => import('../pages/finance/AccountLedger'))

/** The books and the bank. */
export const financePages: Page[] = [
  ledger('finance', '/finance/vouchers', 'vouchers'),
  detail('finance', '/finance/vouchers/{entry_no}', voucherSpec),
  custom('finance', '/finance/trial-balance', 'trial.title', TrialBalance, { read: '/trial-balance' }),
  hiddenPage(custom('finance', '/finance/account-ledger', 'trial.ledger', AccountLedger, { read: '/account-ledger' })),
  ledger('finance', '/finance/entry-lines', 'entry_lines'),
  ledger('finance', '/finance/provisions', 'provisions'),
  ledger('finance', '/finance/accounts', 'accounts'),
  ledger('finance', '/finance/posting-rules', 'posting_rules'),
  detail('finance', '/finance/posting-rules/{rule_id}', postingRuleSpec),
  hiddenPage(custom('finance', '/finance/rule-editor', 'rule.title', RuleEditor, { command: 'posting_rule_create' })),
  ledger('finance', '/finance/statement-versions', 'statement_versions'),
  detail('finance', '/finance/statement-versions/{version_id}', statementVersionSpec),
  custom('finance', '/finance/periods', 'periods.title', Periods, { listing: 'period_acts' }),
  ledger('finance', '/finance/bank-accounts', 'bank_accounts'),
  ledger('finance', '/finance/bank-statements', 'bank_statement_lines'),
  custom('finance', '/finance/bank-clearing', 'clearing.title', BankClearing, { read: '/bank-open-items' }),
  ledger('finance', '/finance/bank-clearings', 'bank_clearings'),
  ledger('finance', '/finance/reconciliations', 'reconciliations'),
  ledger('finance', '/finance/reconciliation-breaks', 'reconciliation_breaks'),
]
