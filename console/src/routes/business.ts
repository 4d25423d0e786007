import { lazy } from 'react'
import { customerSpec, watchFileSpec } from '../pages/customer/spec'
import { dealerSpec } from '../pages/dealer/spec'
import { calibrationSpec } from '../pages/policy/spec'
import { backtestSpec, decisionSpec, strategyVersionSpec, trialSpec } from '../pages/decision/spec'
import { productVersionSpec } from '../pages/product/spec'
import { scorecardVersionSpec } from '../pages/scorecard/spec'
import { custom, detail, hiddenPage, ledger, type Page } from './spec'

const RiskBoard = lazy(() => import('../pages/monitoring/RiskBoard'))
const Quote = lazy(() => import('../pages/product/Quote'))
const StrategyEditor = lazy(() => import('../pages/decision/StrategyEditor'))
const VersionEditor = lazy(() => import('../pages/product/VersionEditor'))

/** Dealers, cars, customers, products, and the rules of risk. */
export const businessPages: Page[] = [
  ledger('channel', '/channel/dealers', 'dealers'),
  detail('channel', '/channel/dealers/{dealer_id}', dealerSpec),
  ledger('channel', '/channel/controls', 'dealer_controls'),

  ledger('vehicle', '/vehicle/vehicles', 'vehicles'),
  detail('vehicle', '/vehicle/vehicles/{vehicle_id}', {
    read: '/vehicles/{vehicle_id}',
    title: ['vehicle_name', 'vin'],
    lists: [{ listing: 'applications', by: 'vehicle_id' }],
  }),
  ledger('vehicle', '/vehicle/trims', 'trims'),
  ledger('vehicle', '/vehicle/appraisals', 'appraisals'),
  ledger('vehicle', '/vehicle/residual-curves', 'residual_curves'),
  ledger('vehicle', '/vehicle/residual-values', 'residual_points'),

  ledger('customer', '/customer/customers', 'customers'),
  detail('customer', '/customer/customers/{customer_id}', customerSpec),
  ledger('customer', '/customer/bank-cards', 'bank_cards'),

  custom('product', '/product/quote', 'quote.title', Quote, { read: '/product-quotes' }),
  ledger('product', '/product/products', 'products'),
  ledger('product', '/product/versions', 'product_versions'),
  detail('product', '/product/versions/{version_id}', productVersionSpec),
  hiddenPage(custom('product', '/product/editor', 'product.new_version', VersionEditor, { command: 'product_version_create' })),

  custom('risk', '/risk/monitor', 'risk.board', RiskBoard, { read: '/risk-board' }),
  ledger('risk', '/risk/alerts', 'risk_alerts'),
  ledger('risk', '/risk/data-sources', 'data_sources'),
  ledger('risk', '/risk/source-calls', 'source_calls'),
  ledger('risk', '/risk/consents', 'consents'),
  ledger('risk', '/risk/watch-list', 'watch_entries'),
  ledger('risk', '/risk/watch-files', 'watch_files'),
  detail('risk', '/risk/watch-files/{file_no}', watchFileSpec),
  ledger('risk', '/risk/watch-matches', 'watch_matches'),
  ledger('risk', '/risk/decisions', 'decision_records'),
  detail('risk', '/risk/decisions/{record_id}', decisionSpec),
  ledger('risk', '/risk/strategies', 'strategies'),
  ledger('risk', '/risk/strategy-versions', 'strategy_versions'),
  detail('risk', '/risk/strategy-versions/{version_id}', strategyVersionSpec),
  ledger('risk', '/risk/trials', 'strategy_trials'),
  detail('risk', '/risk/trials/{trial_id}', trialSpec),
  ledger('risk', '/risk/backtests', 'backtests'),
  detail('risk', '/risk/backtests/{backtest_id}', backtestSpec),
  ledger('risk', '/risk/rules', 'decision_rules'),
  hiddenPage(custom('risk', '/risk/strategy-editor', 'strategy.editor', StrategyEditor, { command: 'strategy_version_create' })),
  ledger('risk', '/risk/scorecards', 'scorecard_versions'),
  detail('risk', '/risk/scorecards/{version_id}', scorecardVersionSpec),
  ledger('risk', '/risk/policy-values', 'policy_values'),
  ledger('risk', '/risk/policy-parameters', 'policy_parameters'),
  ledger('risk', '/risk/calibrations', 'policy_calibrations'),
  detail('risk', '/risk/calibrations/{calibration_id}', calibrationSpec),
  ledger('risk', '/risk/policy-changes', 'policy_changes'),
  ledger('risk', '/risk/formulas', 'policy_formulas'),
  ledger('risk', '/risk/market-feeds', 'market_feeds'),
  ledger('risk', '/risk/market-prices', 'market_prices'),
]
