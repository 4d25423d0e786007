import { Form, Select, type FormInstance } from 'antd'
import { DateInput } from '../../form/inputs/DateInput'
import { MoneyInput } from '../../form/inputs/MoneyInput'
import { RateInput } from '../../form/inputs/RateInput'
import { showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { useLabels, useWords } from '../../i18n/words'
import type { Ask, OnSale } from './quote'

interface QuoteFormProps {
  form: FormInstance<Ask>
  onSale: OnSale[]
  /** The product is settled. */
  isFixed?: boolean
}

/** The terms asked for; a product brings its own choices and defaults. */
export function QuoteForm({ form, onSale, isFixed = false }: QuoteFormProps) {
  const say = useWords()
  const labels = useLabels()
  const chosen = Form.useWatch('product_version_id', form)
  const terms = onSale.find(({ product_version_id }) => product_version_id === chosen)?.terms
  const choose = (id: number) => form.setFieldsValue(startOf(onSale.find((one) => one.product_version_id === id)))
  return (
    <Form<Ask> form={form} layout="vertical" initialValues={startOf(onSale[0])}>
      <Form.Item name="product_version_id" label={labels.field('product')} hidden={isFixed}>
        <Select<number>
          onChange={choose}
          options={onSale.map((offer) => ({ value: offer.product_version_id, label: `${offer.product} ${offer.name}` }))}
        />
      </Form.Item>
      <Form.Item name="vehicle_price" label={labels.field('vehicle_price')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="principal" label={labels.field('principal')} {...(terms ? { extra: say('quote.single', { minimum: showYuan(terms.amount_min), maximum: showYuan(terms.amount_max) }) } : {})}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="periods" label={labels.field('periods')}>
        <Select options={(terms?.terms ?? []).map((periods) => ({ value: periods, label: say('quote.periods', { periods }) }))} />
      </Form.Item>
      <Form.Item name="method" label={labels.field('method')}>
        <Select options={(terms?.methods ?? []).map((method) => ({ value: method, label: labels.enumText('ProductMethod', method) }))} />
      </Form.Item>
      <Form.Item
        name="annual_rate"
        label={labels.field('annual_rate')}
        {...(terms ? { extra: say('quote.rate_range', { minimum: showRate(terms.rate.minimum), maximum: showRate(terms.rate.maximum) }) } : {})}
      >
        <RateInput />
      </Form.Item>
      <Form.Item name="start_on" label={labels.field('start_on')}>
        <DateInput />
      </Form.Item>
    </Form>
  )
}

const EXAMPLE = '100000.00'

/** What a product starts with: an amount that it lends, its longest term, its first method and its usual rate. */
function startOf(offer: OnSale | undefined): Ask {
  if (!offer) return {}
  const { terms, methods, rate, amount_min, amount_max } = offer.terms
  const [method] = methods
  const periods = terms.at(-1)
  return {
    product_version_id: offer.product_version_id,
    annual_rate: rate.default,
    principal: isBetween(EXAMPLE, amount_min, amount_max) ? EXAMPLE : amount_min,
    ...(method ? { method } : {}),
    ...(periods ? { periods } : {}),
  }
}

function isBetween(amount: string, least: string, most: string): boolean {
  const fen = (yuan: string) => BigInt(yuan.replace('.', ''))
  return fen(least) <= fen(amount) && fen(amount) <= fen(most)
}
