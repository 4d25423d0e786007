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

/** What the customer would pay, as soon as the loan is described; or why the product does not offer it. */
export function QuoteCard({ loan, vehiclePrice }: { loan: Part; vehiclePrice: string | undefined }) {
  const say = useWords()
  const { product_version_id, amount, periods, method } = loan as Record<string, string | number | undefined>
  const isWhole = Boolean(product_version_id && periods && typeof amount === 'string' && isYuan(amount))
  const { data, error } = useQuery({
    queryKey: ['quote', product_version_id, amount, periods, method, vehiclePrice],
    queryFn: () => get<Quote>('/product-quotes', { product_version_id, principal: amount, periods, method, vehicle_price: vehiclePrice }),
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
