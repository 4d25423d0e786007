import { useQuery } from '@tanstack/react-query'
import { Button, Card, Input, List, Selector, Space } from 'antd-mobile'
import { useState } from 'react'
import { useParams } from 'react-router'
import { commandRun, FormKeys } from '../../api/commands'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import { DateField } from '../parts/DateField'
import { Line } from '../parts/Line'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { useAct } from '../parts/useAct'
import { Wait } from '../parts/Wait'
import type { Prepayment as Wanted, PrepaymentMode, PrepaymentRequest, PrepaymentTried } from './types'

const MODES: PrepaymentMode[] = ['keep_term', 'keep_instalment']
const PARTS = ['dues_paid', 'interest_to_date', 'prepayment_fee', 'principal_prepaid'] as const

/** Repaying a part early: what it would do, asking for it, and what was asked. */
export default function Prepayment() {
  const say = useWords()
  const { loanNo = '' } = useParams()
  const { data, error, refetch } = useQuery({
    queryKey: ['prepayments', loanNo],
    queryFn: () => get<{ items: PrepaymentRequest[] }>(`/me/loans/${loanNo}/prepayments`),
  })
  const isOpen = data?.items.some((request) => request.prepayment_request_state === 'open')
  return (
    <PhonePage title={say('phone.prepayment')} back={`/me/loans/${loanNo}`}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && !isOpen && <Asking loanNo={loanNo} />}
      {data && data.items.length > 0 && <Asked requests={data.items} />}
    </PhonePage>
  )
}

function Asking({ loanNo }: { loanNo: string }) {
  const say = useWords()
  const labels = useLabels()
  const { businessDate } = useActor()
  const { act, isBusy } = useAct()
  const [keys] = useState(() => new FormKeys())
  const [wanted, setWanted] = useState<Wanted>({ loan_no: loanNo, amount: '', prepayment_mode: 'keep_term', pays_on: businessDate })
  const [tried, setTried] = useState<PrepaymentTried | null>(null)
  const change = (part: Partial<Wanted>) => {
    setWanted({ ...wanted, ...part })
    setTried(null)
  }
  const tryIt = async () => {
    const done = await act(() => commandRun<PrepaymentTried>('own_prepayment_try', wanted))
    setTried(done?.result ?? null)
  }
  const ask = () => act(() => commandRun('own_prepayment_request', wanted, keys.keyFor(wanted)))
  return (
    <Card>
      <Space block direction="vertical">
        <Line label={say('phone.prepayment_amount')}>
          <Input inputMode="decimal" clearable value={wanted.amount} onChange={(amount) => change({ amount })} />
        </Line>
        <Line label={labels.field('pays_on')}>
          <DateField value={wanted.pays_on} onChange={(pays_on) => change({ pays_on })} />
        </Line>
        <Selector
          aria-label={labels.field('prepayment_mode')}
          options={MODES.map((value) => ({ value, label: labels.enumText('PrepaymentMode', value) }))}
          value={[wanted.prepayment_mode]}
          onChange={([mode]) => mode && change({ prepayment_mode: mode })}
        />
        {!tried && (
          <Button block color="primary" fill="outline" loading={isBusy} disabled={!wanted.amount} onClick={() => void tryIt()}>
            {say('phone.prepayment_try')}
          </Button>
        )}
        {tried && <Effect tried={tried} />}
        {tried && (
          <Button block color="primary" loading={isBusy} onClick={() => void ask()}>
            {say('phone.prepayment_ask')}
          </Button>
        )}
      </Space>
    </Card>
  )
}

/** Where the money goes, and the plan without it and with it. */
function Effect({ tried }: { tried: PrepaymentTried }) {
  const say = useWords()
  const labels = useLabels()
  const { before, after } = tried
  return (
    <List style={{ '--border-top': 'none', '--padding-left': '0', '--padding-right': '0' }}>
      {PARTS.filter((part) => tried[part] !== '0.00').map((part) => (
        <List.Item key={part} extra={`¥${showYuan(tried[part])}`}>
          {labels.field(part)}
        </List.Item>
      ))}
      <List.Item extra={say('phone.from_to', { from: `¥${showYuan(before.next_due)}`, to: `¥${showYuan(after.next_due)}` })}>
        {labels.field('next_due')}
      </List.Item>
      <List.Item extra={say('phone.from_to', { from: String(before.instalments_left), to: String(after.instalments_left) })}>
        {labels.field('instalments_left')}
      </List.Item>
    </List>
  )
}

function Asked({ requests }: { requests: PrepaymentRequest[] }) {
  const say = useWords()
  const labels = useLabels()
  const { act, isBusy } = useAct()
  const withdraw = (request_no: string) => act(() => commandRun('own_prepayment_withdraw', { request_no }))
  return (
    <List mode="card" header={say('phone.prepayments_asked')}>
      {requests.map((request) => {
        const { request_no, prepayment_request_state: state, amount, prepayment_mode, pays_on, open_until, opinion } = request
        return (
          <List.Item
            key={request_no}
            description={
              <>
                {labels.enumText('PrepaymentMode', prepayment_mode)} · {pays_on}
                {state === 'open' && <div>{say('phone.prepayment_pay', { date: open_until })}</div>}
                {opinion && <div>{opinion}</div>}
              </>
            }
            extra={
              state === 'open' ? (
                <Button size="small" loading={isBusy} onClick={() => void withdraw(request_no)}>
                  {say('phone.withdraw')}
                </Button>
              ) : (
                labels.enumText('PrepaymentRequestState', state)
              )
            }
          >
            ¥{showYuan(amount)}
          </List.Item>
        )
      })}
    </List>
  )
}
