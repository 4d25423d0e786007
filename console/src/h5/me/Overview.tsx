import { useQuery } from '@tanstack/react-query'
import { Card, ErrorBlock, Tag } from 'antd-mobile'
import { useNavigate } from 'react-router'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { showDate } from '../../format/date'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { SignOut } from '../parts/SignOut'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { Contracts } from './Contracts'
import type { LoanItem } from './types'

/** What the borrower has with us: loans with the next payment, and contracts. A signing link shows its contract only. */
export default function Overview() {
  const say = useWords()
  const { name, permissions } = useActor()
  const maySeeLoans = permissions.includes('servicing.loan.view')
  const { data, error, refetch } = useQuery({
    queryKey: ['my-loans'],
    queryFn: () => get<{ items: LoanItem[] }>('/me/loans'),
    enabled: maySeeLoans,
  })
  return (
    <PhonePage title={say('phone.hello', { name })}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {maySeeLoans && !data && !error && <Wait />}
      {data && <Loans items={data.items} />}
      {permissions.includes('origination.contract.view') && <Contracts />}
      <SignOut />
    </PhonePage>
  )
}

function Loans({ items }: { items: LoanItem[] }) {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  if (!items.length) return <ErrorBlock status="empty" title={say('phone.no_loans')} description="" />
  return (
    <>
      {items.map((loan) => (
        <Card
          key={loan.loan_no}
          title={loan.vehicle}
          extra={<Tag color={loan.days_past_due ? 'danger' : 'primary'}>{labels.enumText('LoanState', loan.state)}</Tag>}
          style={{ marginBottom: 12 }}
          onClick={() => void navigate(`/me/loans/${loan.loan_no}`)}
        >
          <span className="phone-hint">{say('phone.next_payment', { date: showDate(loan.next_due_on) || '-' })}</span>
          <div className="phone-amount">¥{showYuan(loan.next_due_total)}</div>
          <span className="phone-hint">{say('phone.balance', { amount: showYuan(loan.principal_balance) })}</span>
        </Card>
      ))}
    </>
  )
}
