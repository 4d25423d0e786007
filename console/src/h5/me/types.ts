/** What the borrower's own endpoints answer. Amounts are yuan strings, rates annual fractions. */
export interface LoanItem {
  loan_no: string
  state: string
  vehicle: string
  principal: string
  principal_balance: string
  next_due_on: string | null
  next_due_total: string
  overdue_amount: string
  days_past_due: number
}

export interface Instalment {
  no: number
  kind: string
  due_on: string
  principal: string
  interest: string
  penalty: string
  fee: string
  total: string
  paid: string
  state: string
}

export interface LoanDetail extends LoanItem {
  schedule: Instalment[]
}

export interface SigningInvitation {
  contract_id: number
  contract_no: string
  vehicle_title: string
  principal: string
  periods: number
  annual_rate: string
  annual_cost_rate: string
  instalment: string
  total_due: string
  min_read_seconds: number
  expires_at: string
}

export interface PayoffQuote {
  expires_on: string
  principal_due: string
  interest_due: string
  penalty: string
  compound: string
  fee_due: string
  principal_not_due: string
  interest_accrued: string
  prepayment_fee: string
  unapplied: string
  total: string
}
