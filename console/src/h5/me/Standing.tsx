import { Card, Tag } from 'antd-mobile'
import { showDate } from '../../format/date'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import type { LoanItem } from './types'

/** How a loan stands: what is late before what comes next, and what is left. */
export function Standing({ loan, onOpen }: { loan: LoanItem; onOpen?: () => void }) {
  const say = useWords()
  const labels = useLabels()
  const isLate = loan.days_past_due > 0
  const isSettled = loan.state === 'settled'
  return (
    <Card
      title={loan.vehicle}
      extra={<Tag color={isLate ? 'danger' : isSettled ? 'success' : 'primary'}>{labels.enumText('LoanState', loan.state)}</Tag>}
      style={{ marginBottom: 12 }}
      {...(onOpen ? { onClick: onOpen } : {})}
    >
      {isLate && (
        <>
          <span className="phone-hint">{say('phone.overdue', { days: loan.days_past_due })}</span>
          <div className="phone-amount phone-amount--late">¥{showYuan(loan.overdue_amount)}</div>
        </>
      )}
      {loan.next_due_on && (
        <>
          <span className="phone-hint">{say('phone.next_payment', { date: showDate(loan.next_due_on) })}</span>
          <div className="phone-amount">¥{showYuan(loan.next_due_total)}</div>
        </>
      )}
      <span className="phone-hint">
        {isSettled ? say('phone.loan_settled', { amount: showYuan(loan.principal) }) : say('phone.balance', { amount: showYuan(loan.principal_balance) })}
      </span>
    </Card>
  )
}
