import { Button } from 'antd'
import { lazy, Suspense } from 'react'
import { Link } from 'react-router'
import { Loading } from '../../components/Loading'
import type { Data, DetailSpec } from '../../detail/spec'
import { useWords } from '../../i18n/words'
import type { Sample } from './rule'
import type { Voucher } from './voucher'

const RuleSamples = lazy(() => import('./RuleSamples'))
const VoucherSlip = lazy(() => import('./VoucherSlip'))

/** A voucher as it would lie on the table: printable, with the business that caused it. */
export const voucherSpec: DetailSpec = {
  read: '/vouchers/{entry_no}',
  title: ['voucher_no', 'summary'],
  figures: ['amount', 'booked_on'],
  enums: { kind: 'MoneyEventKind' },
  hidden: ['lines', 'source_subject', 'summary'],
  below: (data) => (
    <Suspense fallback={<Loading />}>
      <VoucherSlip voucher={data as unknown as Voucher} />
    </Suspense>
  ),
}

const byKind = (data: Data) => ({ kind: String(data.kind) })

/** The rows of a statement, and what a version changed in them. */
export const statementVersionSpec: DetailSpec = {
  read: '/statement-versions/{version_id}',
  title: ['statement_name'],
  states: ['state'],
  hidden: ['statement'],
  enums: { 'body.basis': 'StatementBasis', 'body.lines.terms.side': 'StatementTermSide' },
  comparedKey: 'body',
}

function EditorLink({ rule }: { rule: string }) {
  const say = useWords()
  return (
    <Link to={`/finance/rule-editor?from=${rule}`}>
      <Button>{say('rule.copy')}</Button>
    </Link>
  )
}

/** A posting rule with its samples and its other versions. */
export const postingRuleSpec: DetailSpec = {
  read: '/posting-rules/{rule_id}',
  title: ['kind'],
  states: ['state'],
  hidden: ['samples'],
  forms: { posting_rule_create: (data) => <EditorLink rule={String(data.rule_id)} /> },
  below: (data) => (
    <Suspense fallback={<Loading />}>
      <RuleSamples samples={data.samples as Sample[]} />
    </Suspense>
  ),
  enums: { kind: 'MoneyEventKind', 'rule.lines.side': 'PostingSide' },
  lists: [
    { listing: 'posting_rules', by: byKind },
    { listing: 'vouchers', by: byKind },
  ],
}
