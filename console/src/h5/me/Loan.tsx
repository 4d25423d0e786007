import { useQuery } from '@tanstack/react-query'
import { Button, List, Tag } from 'antd-mobile'
import { useNavigate, useParams } from 'react-router'
import { get } from '../../api/request'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import type { Instalment, LoanDetail } from './types'

/** One loan: every instalment with what it is made of. */
export default function Loan() {
  const say = useWords()
  const { loanNo = '' } = useParams()
  const navigate = useNavigate()
  const { data, error, refetch } = useQuery({
    queryKey: ['my-loan', loanNo],
    queryFn: () => get<LoanDetail>(`/me/loans/${loanNo}`),
  })
  return (
    <PhonePage
      title={loanNo}
      back="/me"
      foot={
        <Button block onClick={() => void navigate(`/me/loans/${loanNo}/payoff`)}>
          {say('phone.payoff')}
        </Button>
      }
    >
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && (
        <List mode="card" header={say('phone.schedule')}>
          {data.schedule.map((instalment) => (
            <InstalmentItem key={`${instalment.kind} ${instalment.no} ${instalment.due_on}`} instalment={instalment} />
          ))}
        </List>
      )}
    </PhonePage>
  )
}

function InstalmentItem({ instalment }: { instalment: Instalment }) {
  const say = useWords()
  const labels = useLabels()
  const { no, due_on, principal, interest, total, state, kind } = instalment
  const parts = say('phone.instalment_parts', { principal: showYuan(principal), interest: showYuan(interest) })
  return (
    <List.Item
      description={parts}
      extra={
        <>
          <div>¥{showYuan(total)}</div>
          <Tag color={state === 'overdue' ? 'danger' : 'default'}>{labels.enumText('InstalmentState', state)}</Tag>
        </>
      }
    >
      {kind === 'instalment' ? say('phone.instalment', { no, date: due_on }) : `${labels.enumText('Kind', kind)} ${due_on}`}
    </List.Item>
  )
}
