/** Commands whose answer is what the person asked for; after the others "done" says everything. */
const TOLD = new Set([
  'api_token_create', 'customer_reveal', 'decision_try', 'jobs_rescue', 'loan_change_notice_issue', 'payoff_letter_issue',
  'payoff_quote_create', 'prepayment_try',
])

export function isTold(command: string): boolean {
  return TOLD.has(command)
}
