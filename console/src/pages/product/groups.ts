import type { FormGroups } from '../../form/groups'

/** The terms of a product as a product manager thinks of them. */
export const TERM_GROUPS: FormGroups = {
  terms: [
    {
      title: 'product.group_amount',
      keys: ['amount_min', 'amount_max', 'exposure_max', 'down_payment_min_rate', 'vehicle_kinds', 'vehicle_age_max_months', 'ltv_caps'],
    },
    { title: 'product.group_price', keys: ['terms', 'rate', 'is_subvented', 'fees'] },
    { title: 'product.group_repayment', keys: ['methods', 'day_count', 'allocation_mode', 'allocation_order', 'non_accrual_order', 'due_day'] },
    { title: 'product.group_late', keys: ['penalty', 'prepayment'] },
    { title: 'product.group_process', keys: ['channels', 'strategy', 'workflow', 'second_review_from', 'documents_needed'] },
  ],
}
