import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Alert, Card, Descriptions, Empty } from 'antd'
import { get, type Query } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Money } from '../../components/Money'
import { isYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import type { Values } from '../../form/values'
import { useLabels, useWords } from '../../i18n/words'
import type { QuoteAnswer } from '../product/quote'

/** What the loan that is being typed costs, and what the product says against it. */
export function IntakeQuote({ typed }: { typed: Values }) {
  const say = useWords()
  const query = queryOf(typed)
  const { data, error } = useQuery({
    queryKey: ['quote', query],
    queryFn: () => get<QuoteAnswer>('/product-quotes', query ?? {}),
    enabled: query !== null,
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={say('intake.quote')} variant="borderless">
      {error && <Failure error={error} />}
      {!error && data && query && <Result quote={data} />}
      {!query && <Empty description={say('intake.quote_start')} />}
    </Card>
  )
}

function Result({ quote }: { quote: QuoteAnswer }) {
  const labels = useLabels()
  const amounts = ['instalment', 'interest_total', 'total'] as const
  const rates = ['annual_rate', 'apr_simple'] as const
  return (
    <>
      {quote.violations.map(({ field, message }) => (
        <Alert key={field + message} type="warning" showIcon title={`${labels.field(field)}: ${message}`} style={{ marginBottom: 8 }} />
      ))}
      <Descriptions
        column={1}
        size="small"
        items={[
          ...amounts.map((key) => ({ key, label: labels.field(key), children: <Money value={quote[key]} isStrong /> })),
          ...rates.map((key) => ({ key, label: labels.field(key), children: showRate(quote[key]) })),
        ]}
      />
    </>
  )
}

interface Form {
  loan?: { product_version_id?: number; amount?: string; periods?: number; method?: string; annual_rate?: string; due_day?: number }
  vehicle?: { price?: string; kind?: string; use?: string }
}

/** Null while too little is typed to ask. */
function queryOf(typed: Values): Query | null {
  const { loan = {}, vehicle = {} } = (typed.form ?? {}) as Form
  const { product_version_id, amount, periods } = loan
  if (!product_version_id || !periods || !amount || !isYuan(amount)) return null
  return {
    product_version_id, principal: amount, periods,
    ...filled({ method: loan.method, annual_rate: loan.annual_rate, due_day: loan.due_day }),
    ...filled({ vehicle_price: isYuan(vehicle.price ?? '') ? vehicle.price : undefined, vehicle_kind: vehicle.kind, vehicle_use: vehicle.use }),
  }
}

function filled(values: Record<string, string | number | undefined | null>): Query {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value != null && value !== '')) as Query
}
