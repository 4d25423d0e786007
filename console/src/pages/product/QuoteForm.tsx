import { Form, Select, type FormInstance } from 'antd'
import { DateInput } from '../../form/inputs/DateInput'
import { MoneyInput } from '../../form/inputs/MoneyInput'
import { RateInput } from '../../form/inputs/RateInput'
import { showRate } from '../../format/rate'
import { useLabels, useWords } from '../../i18n/words'
import type { Ask, OnSale } from './quote'

/** The terms asked for; a product brings its own choices and defaults. */
export function QuoteForm({ form, onSale }: { form: FormInstance<Ask>; onSale: OnSale[] }) {
  const say = useWords()
  const labels = useLabels()
  const chosen = Form.useWatch('product_version_id', form)
  const terms = onSale.find(({ product_version_id }) => product_version_id === chosen)?.terms
  const choose = (id: number) => form.setFieldsValue(startOf(onSale.find((offer) => offer.product_version_id === id)))
  return (
    <Form<Ask> form={form} layout="vertical">
      <Form.Item name="product_version_id" label={labels.field('product')}>
        <Select<number>
          onChange={choose}
          options={onSale.map((offer) => ({ value: offer.product_version_id, label: `${offer.product} ${offer.name}` }))}
        />
      </Form.Item>
      <Form.Item name="vehicle_price" label={labels.field('vehicle_price')}>
        <MoneyInput />
      </Form.Item>
      <Form.Item name="principal" label={labels.field('principal')} {...(terms ? { extra: `${terms.amount_min} ~ ${terms.amount_max}` } : {})}>
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
        {...(terms ? { extra: `${showRate(terms.rate.minimum)} ~ ${showRate(terms.rate.maximum)}` } : {})}
      >
        <RateInput />
      </Form.Item>
      <Form.Item name="start_on" label={labels.field('start_on')}>
        <DateInput />
      </Form.Item>
    </Form>
  )
}

/** The longest term, the first method and the usual rate of a product. */
function startOf(offer: OnSale | undefined): Ask {
  if (!offer) return {}
  const { terms, methods, rate } = offer.terms
  const [method] = methods
  const periods = terms.at(-1)
  return { annual_rate: rate.default, ...(method ? { method } : {}), ...(periods ? { periods } : {}) }
}
