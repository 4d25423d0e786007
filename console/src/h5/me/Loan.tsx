import { useQuery } from '@tanstack/react-query'
import { Button, List, Space, Tag } from 'antd-mobile'
import { useNavigate, useParams } from 'react-router'
import { get } from '../../api/request'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { Standing } from './Standing'
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
        data?.state === 'in_force' && (
          <Space block direction="vertical">
            <Button block onClick={() => void navigate(`/me/loans/${loanNo}/payoff`)}>
              {say('phone.payoff')}
            </Button>
            <Button block onClick={() => void navigate(`/me/loans/${loanNo}/prepayment`)}>
              {say('phone.prepayment')}
            </Button>
          </Space>
        )
      }
    >
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && <Standing loan={data} />}
      {data && (
        <List mode="card" header={say('phone.schedule')} style={{ '--padding-left': '12px', '--padding-right': '12px' }}>
          {data.schedule.map((instalment) => (
            <InstalmentItem key={`${instalment.kind} ${instalment.no} ${instalment.due_on}`} instalment={instalment} />
          ))}
        </List>
      )}
    </PhonePage>
  )
}

const PARTS = ['principal', 'interest', 'penalty', 'fee'] as const
const COLOURS: Partial<Record<Instalment['state'], string>> = { overdue: 'danger', settled: 'success', due: 'warning' }

function InstalmentItem({ instalment }: { instalment: Instalment }) {
  const say = useWords()
  const labels = useLabels()
  const { no, due_on, total, paid, state, kind } = instalment
  const parts = PARTS.filter((part) => instalment[part] !== '0.00').map((part) => `${labels.field(part)} ¥${showYuan(instalment[part])}`)
  const isPartlyPaid = state !== 'settled' && paid !== '0.00'
  return (
    <List.Item
      description={
        <>
          {parts.join(' + ')}
          {isPartlyPaid && <div>{say('phone.instalment_paid', { paid: showYuan(paid) })}</div>}
        </>
      }
      extra={
        <>
          <div>¥{showYuan(total)}</div>
          <Tag color={COLOURS[state] ?? 'default'} fill="outline">
            {labels.enumText('RowState', state)}
          </Tag>
        </>
      }
    >
      {kind === 'instalment' ? say('phone.instalment', { no, date: due_on }) : `${labels.enumText('RowKind', kind)} ${due_on}`}
    </List.Item>
  )
}
