import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Card } from 'antd-mobile'
import { get } from '../../api/request'
import { isYuan, showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { errorText, useWords } from '../../i18n/words'
import type { Part } from './form'

interface Quote {
  instalment: string
  total: string
  apr_simple: string
  violations: { message: string }[]
}

type Asked = Record<'product_version_id' | 'amount' | 'down_payment' | 'periods' | 'method' | 'due_day', string | number | undefined>

/** What the customer would pay, as soon as the loan is described; or why the product does not offer it. */
export function QuoteCard({ loan, vehicle }: { loan: Part; vehicle: Part }) {
  const say = useWords()
  const { product_version_id, amount, down_payment, ...rest } = loan as Asked
  const isWhole = Boolean(product_version_id && rest.periods && typeof amount === 'string' && isYuan(amount))
  const query = {
    ...rest,
    product_version_id,
    principal: amount,
    vehicle_price: vehicle.price as string | undefined,
    vehicle_kind: vehicle.kind as string | undefined,
    vehicle_use: vehicle.use as string | undefined,
    ...(typeof down_payment === 'string' && isYuan(down_payment) ? { down_payment } : {}),
  }
  const { data, error } = useQuery({
    queryKey: ['quote', query],
    queryFn: () => get<Quote>('/product-quotes', query),
    enabled: isWhole,
    retry: false,
    placeholderData: keepPreviousData,
  })
  if (!isWhole) return <p className="phone-hint">{say('phone.quote_hint')}</p>
  if (error) return <p className="phone-hint" role="alert">{errorText(error, say)}</p>
  if (!data) return null
  return (
    <Card title={say('phone.quote')}>
      <div className="phone-amount">¥{showYuan(data.instalment)}</div>
      <p className="phone-hint">
        {say('phone.quote_facts', { total: showYuan(data.total), rate: showRate(data.apr_simple) })}
      </p>
      {data.violations.map(({ message }) => (
        <p key={message} className="phone-hint" role="alert">
          {message}
        </p>
      ))}
    </Card>
  )
}
