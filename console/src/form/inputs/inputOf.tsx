import { Input, InputNumber, Select, Switch } from 'antd'
import type { ReactElement } from 'react'
import type { Labels } from '../../i18n/words'
import type { Field } from '../../schema/fields'
import { referenceOf } from '../references'
import { AnyInput } from './AnyInput'
import { DateInput, DateTimeInput } from './DateInput'
import { FileInput } from './FileInput'
import { MoneyInput } from './MoneyInput'
import { RateInput } from './RateInput'
import { ReferenceSelect } from './ReferenceSelect'

/** The input of a single value, by its kind and, for ids, by its key. */
export function inputOf(field: Field, labels: Labels): ReactElement {
  const reference = referenceOf(field.key)
  if (reference) return <ReferenceSelect reference={reference} />
  const { minimum, maximum, maxLength } = field.schema
  switch (field.kind) {
    case 'money':
      return <MoneyInput />
    case 'rate':
      return <RateInput />
    case 'date':
      return <DateInput />
    case 'datetime':
      return <DateTimeInput />
    case 'file':
      return <FileInput />
    case 'bool':
      return <Switch />
    case 'integer':
      return <InputNumber precision={0} style={{ width: '100%' }} {...(minimum === undefined ? {} : { min: minimum })} {...(maximum === undefined ? {} : { max: maximum })} />
    case 'number':
      return <InputNumber style={{ width: '100%' }} />
    case 'enum':
      return <Select allowClear={!field.isRequired} options={choicesOf(field, labels)} showSearch={{ optionFilterProp: 'label' }} />
    case 'textarea':
      return <Input.TextArea rows={3} showCount {...(maxLength ? { maxLength } : {})} />
    case 'password':
      return <Input.Password autoComplete="new-password" />
    case 'any':
      return <AnyInput />
    default:
      return <Input allowClear autoComplete="off" {...(maxLength ? { maxLength } : {})} />
  }
}

export function choicesOf(field: Field, labels: Labels) {
  return field.choices.map((value) => ({ value, label: labels.enumText(field.enumName, String(value)) }))
}
