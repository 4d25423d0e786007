import type { components } from '../../api/schema'

type Schemas = components['schemas']

/** What the borrower's own endpoints answer. Amounts are yuan strings, rates annual fractions. */
export type LoanItem = Schemas['OwnLoanOut']
export type LoanDetail = Schemas['OwnLoanDetail']
export type Instalment = Schemas['ScheduleRowOut']
export type PayoffQuote = Schemas['PayoffQuoteOut']
export type SigningInvitation = Schemas['SigningInvitation']
export type Paper = Schemas['PaperOut']
export type Prepayment = Schemas['OwnPrepaymentIn']
export type PrepaymentMode = Schemas['PrepaymentMode']
export type PrepaymentTried = Schemas['PrepaymentTryOut']
export type PrepaymentRequest = Schemas['PrepaymentRequestOut']
