import { useQuery } from '@tanstack/react-query'
import { Form, Selector } from 'antd-mobile'
import { get } from '../../api/request'
import { useLabels, useWords } from '../../i18n/words'
import type { StepFormInstance } from './step'

interface ProductOnSale {
  product_version_id: number
  name: string
  terms: { terms: number[]; methods: string[] }
}

/** The products on sale, and what the chosen one leaves to choose. */
export function OnSale({ form }: { form: StepFormInstance }) {
  const labels = useLabels()
  const say = useWords()
  const { data } = useQuery({
    queryKey: ['products-on-sale'],
    queryFn: () => get<ProductOnSale[]>('/products-on-sale'),
  })
  const chosenId = Form.useWatch('product_version_id', form) as number | undefined
  const products = data ?? []
  const chosen = products.find((product) => product.product_version_id === chosenId)
  const months = chosen?.terms.terms.map((value) => ({ value, label: say('phone.months', { months: value }) })) ?? []
  const methods = chosen?.terms.methods.map((value) => ({ value, label: labels.enumText('ProductMethod', value) })) ?? []
  return (
    <>
      <Form.Item name="product_version_id" label={labels.field('product_version_id')} rules={[{ required: true }]}>
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
    </>
  )
}

interface OneProps<T> {
  options: { value: T; label: string }[]
  value?: T
  onChange?: (value: T | null) => void
}

function One<T extends string | number>({ options, value, onChange }: OneProps<T>) {
  return <Selector options={options} value={value === undefined ? [] : [value]} onChange={([next]) => onChange?.(next ?? null)} />
}
