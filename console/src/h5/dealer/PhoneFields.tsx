import { Form, Input, Selector, Switch } from 'antd-mobile'
import { useLabels, useWords, type Labels } from '../../i18n/words'
import { isYuan } from '../../format/money'
import { DateField } from '../parts/DateField'
import type { PhoneField } from './form'
import { RegionField } from './RegionField'

/** The lines of a step, in the form that stands around them. */
export function PhoneFields({ fields, prefix = [] }: { fields: PhoneField[]; prefix?: (string | number)[] }) {
  const labels = useLabels()
  const say = useWords()
  return (
    <>
      {fields.map((field) => (
        <Form.Item
          key={field.key}
          name={[...prefix, field.key]}
          data-field={[...prefix, field.key].join('.')}
          label={field.word ? say(field.word) : labels.field(field.key)}
          rules={[
            { required: field.isRequired ?? false },
            ...(field.input === 'money' ? [{ validator: amountRule(say('phone.amount_wrong')) }] : []),
          ]}
          {...(field.input === 'yes_no' ? { valuePropName: 'checked', layout: 'horizontal' as const } : {})}
        >
          {inputOf(field, labels)}
        </Form.Item>
      ))}
    </>
  )
}

function inputOf(field: PhoneField, labels: Labels) {
  switch (field.input) {
    case 'choice':
      return <OneOf options={(field.members ?? []).map((value) => ({ value, label: labels.enumText(field.enumName ?? '', value) }))} />
    case 'date':
      return <DateField />
    case 'yes_no':
      return <Switch />
    case 'region':
      return <RegionField />
    case 'money':
      return <Input inputMode="decimal" placeholder="0.00" clearable />
    case 'integer':
      return <Input inputMode="numeric" clearable />
    default:
      return <Input clearable autoComplete="off" />
  }
}

interface OneOfProps {
  options: { value: string; label: string }[]
  value?: string
  onChange?: (value: string | null) => void
}

function OneOf({ options, value, onChange }: OneOfProps) {
  return <Selector options={options} value={value ? [value] : []} onChange={([next]) => onChange?.(next ?? null)} />
}

function amountRule(message: string) {
  return (_: unknown, value: string | null | undefined) =>
    !value || isYuan(value) ? Promise.resolve() : Promise.reject(new Error(message))
}
