import { useQuery } from '@tanstack/react-query'
import { Form, Selector } from 'antd-mobile'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { useLabels, useWords } from '../../i18n/words'
import type { StepFormInstance } from './step'

interface ProductOnSale {
  product_version_id: number
  name: string
  terms: { terms: number[]; methods: string[]; due_day: { kind: string; days: number[] } }
}

/** The products on sale, and what the chosen one leaves to choose. */
export function OnSale({ form }: { form: StepFormInstance }) {
  const labels = useLabels()
  const say = useWords()
  const { data } = useQuery({
    queryKey: ['products-on-sale'],
    queryFn: () => get<ProductOnSale[]>('/products-on-sale'),
  })
  const today = Number(useActor().businessDate.slice(-2))
  const chosenId = Form.useWatch('product_version_id', form) as number | undefined
  const products = data ?? []
  const chosen = products.find((product) => product.product_version_id === chosenId)
  const months = chosen?.terms.terms.map((value) => ({ value, label: say('phone.months', { months: value }) })) ?? []
  const methods = chosen?.terms.methods.map((value) => ({ value, label: labels.enumText('ProductMethod', value) })) ?? []
  const days = chosen?.terms.due_day.kind === 'chosen_day' ? chosen.terms.due_day.days : []
  return (
    <>
      <Form.Item name="product_version_id" label={labels.field('product')} rules={[{ required: true }]}>
        <One options={products.map((product) => ({ value: product.product_version_id, label: product.name }))} />
      </Form.Item>
      <Form.Item name="periods" label={labels.field('periods')} rules={[{ required: true }]}>
        <One options={months} />
      </Form.Item>
      {methods.length > 1 && (
        <Form.Item name="method" label={labels.field('method')} rules={[{ required: true }]}>
          <One options={methods} />
        </Form.Item>
      )}
      {days.length > 0 && (
        <Form.Item name="due_day" label={labels.field('due_day')} initialValue={days.includes(today) ? today : days[0]} rules={[{ required: true }]}>
          <One columns={DAYS_IN_A_ROW} options={days.map((value) => ({ value, label: `${value}` }))} />
        </Form.Item>
      )}
    </>
  )
}

const DAYS_IN_A_ROW = 7

interface OneProps<T> {
  columns?: number
  options: { value: T; label: string }[]
  value?: T
  onChange?: (value: T | null) => void
}

function One<T extends string | number>({ columns, options, value, onChange }: OneProps<T>) {
  return (
    <Selector
      {...(columns ? { columns, className: 'phone-days', showCheckMark: false } : {})}
      options={options}
      value={value === undefined ? [] : [value]}
      onChange={([next]) => onChange?.(next ?? null)}
    />
  )
}
