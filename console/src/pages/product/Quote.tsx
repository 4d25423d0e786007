import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Card, Col, Empty, Form, Row } from 'antd'
import { useDeferredValue } from 'react'
import { get, type Query } from '../../api/request'
import { Failure } from '../../components/Failure'
import { isYuan } from '../../format/money'
import { isDecimal } from '../../format/rate'
import { useWords } from '../../i18n/words'
import type { Ask, OnSale, QuoteAnswer } from './quote'
import { QuoteForm } from './QuoteForm'
import { QuoteResult } from './QuoteResult'

/** A quote that follows the typing: instalment, all costs, annual rates, schedule; of one version, or of any on sale. */
export default function Quote({ offer }: { offer?: OnSale }) {
  const say = useWords()
  const [form] = Form.useForm<Ask>()
  const typed = Form.useWatch<Ask | undefined>([], form)
  const query = useDeferredValue(queryOf(typed ?? {}))
  const { data: found } = useQuery({
    queryKey: ['products-on-sale'],
    queryFn: () => get<OnSale[]>('/products-on-sale'),
    enabled: !offer,
  })
  const onSale = offer ? [offer] : (found ?? [])
  const chosen = onSale.find(({ product_version_id }) => product_version_id === typed?.product_version_id)
  const { data, error } = useQuery({
    queryKey: ['quote', query],
    queryFn: ({ signal }) => get<QuoteAnswer>('/product-quotes', query ?? {}, signal),
    enabled: query !== null,
    placeholderData: keepPreviousData,
  })
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={8} xl={6}>
        <Card variant="borderless">
          {onSale.length > 0 && <QuoteForm form={form} onSale={onSale} isFixed={Boolean(offer)} />}
        </Card>
      </Col>
      <Col xs={24} lg={16} xl={18}>
        <Card variant="borderless">
          {error && <Failure error={error} />}
          {!error && (data && query ? <QuoteResult quote={data} query={query} terms={chosen?.terms.terms ?? []} /> : <Empty description={say('quote.start')} />)}
        </Card>
      </Col>
    </Row>
  )
}

/** Null while too little is typed to ask for a quote. */
function queryOf(ask: Ask): Query | null {
  const { product_version_id, principal, periods } = ask
  if (!product_version_id || !periods || !principal || !isYuan(principal)) return null
  return {
    product_version_id, principal, periods, ...filled('method', ask.method), ...filled('start_on', ask.start_on),
    ...filled('annual_rate', isDecimal(ask.annual_rate ?? '') ? ask.annual_rate : undefined),
    ...filled('vehicle_price', isYuan(ask.vehicle_price ?? '') ? ask.vehicle_price : undefined),
  }
}

function filled(key: keyof Ask, value: string | undefined): Query {
  return value ? { [key]: value } : {}
}
