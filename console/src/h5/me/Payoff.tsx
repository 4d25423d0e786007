import { useQuery } from '@tanstack/react-query'
import { Card, ErrorBlock, List } from 'antd-mobile'
import { useParams } from 'react-router'
import { get } from '../../api/request'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import type { PayoffQuote } from './types'

const PARTS = [
  'principal_due', 'interest_due', 'penalty', 'compound', 'fee_due', 'principal_not_due', 'interest_accrued', 'prepayment_fee', 'unapplied',
] as const

/** What it takes to pay the loan off today. */
export default function Payoff() {
  const say = useWords()
  const { loanNo = '' } = useParams()
  const { data, error, refetch } = useQuery({
    queryKey: ['payoff', loanNo],
    queryFn: () => get<PayoffQuote>(`/me/loans/${loanNo}/payoff`),
  })
  return (
    <PhonePage title={say('phone.payoff')} back={`/me/loans/${loanNo}`}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && <Quote quote={data} />}
    </PhonePage>
  )
}

function Quote({ quote }: { quote: PayoffQuote }) {
  const say = useWords()
  const labels = useLabels()
  if (quote.total === '0.00') return <ErrorBlock status="empty" title={say('phone.nothing_owed')} description="" />
  return (
    <Card title={say('phone.payoff_total')}>
      <div className="phone-amount">¥{showYuan(quote.total)}</div>
      <List style={{ '--border-top': 'none', '--padding-left': '0', '--padding-right': '0' }}>
        {PARTS.filter((part) => quote[part] !== '0.00').map((part) => (
          <List.Item key={part} extra={`¥${showYuan(quote[part])}`}>
            {labels.field(part)}
          </List.Item>
        ))}
      </List>
      <p className="phone-hint">{say('phone.payoff_valid', { date: quote.expires_on })}</p>
    </Card>
  )
}
