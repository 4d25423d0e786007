import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { cloneElement, type ComponentProps, type ReactElement } from 'react'
import { useLabels, type Labels } from '../../i18n/words'
import type { Field } from '../../schema/fields'
import { useFormFacts } from '../FormContext'
import { about, narrowing, referenceOf } from '../references'
import { AnswersInput } from './AnswersInput'
import { AnyInput } from './AnyInput'
import { DateInput, DateTimeInput } from './DateInput'
import { RegionSelect } from '../../regions/RegionSelect'
import { FileInput } from './FileInput'
import { MapInput } from './MapInput'
import { MoneyInput } from './MoneyInput'
import { RateInput } from './RateInput'
import type { Values } from '../values'
import { ReferenceSelect } from './ReferenceSelect'

type Given = Omit<ComponentProps<typeof ReferenceSelect>, 'reference'>

/** The input of a field: a choice among rows where its key names some, else by its kind. */
export function FieldInput({ field, ...given }: { field: Field } & Given) {
  const { command, thing } = useFormFacts()
  const labels = useLabels()
  const form = Form.useFormInstance<Values>()
  const values = Form.useWatch([], form) as Values | undefined
  const reference = referenceOf(field.key, command)
  if (reference) {
    const isMany = field.item !== null
    return <ReferenceSelect {...given} reference={about(reference, thing)} isMany={isMany} narrowing={narrowing(field.key, values ?? {})} />
  }
  const asking = field.schema['x-answers-of']
  if (asking) return <AnswersInput {...(given as object)} report={values?.[asking] as string | undefined} />
  if (field.entry) return <MapInput {...(given as object)} entry={field.entry} names={field.choices} />
  if (field.item) return <ChoiceList {...given} item={field.item} labels={labels} />
  return cloneElement(inputOf(field, labels), given)
}

/** Several values of an enumeration, several words, or whole numbers in their order. */
function ChoiceList({ item, labels, onChange, ...given }: { item: Field; labels: Labels } & Given) {
  const isEnum = item.kind === 'enum'
  const tell = onChange as unknown as ((values: unknown[]) => void) | undefined
  return (
    <Select<unknown>
      {...given}
      onChange={(values) => tell?.(item.kind === 'integer' ? wholeNumbers(values as unknown[]) : (values as unknown[]))}
      mode={isEnum ? 'multiple' : 'tags'}
      {...(isEnum ? { options: choicesOf(item, labels) } : { open: false, tokenSeparators: [',', ' '] })}
    />
  )
}

function wholeNumbers(values: unknown[]): number[] {
  return values.map(Number).filter(Number.isInteger).toSorted((one, other) => one - other)
}

/** The input of a single value, by its kind. */
function inputOf(field: Field, labels: Labels): ReactElement<Given> {
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
      return <FileInput template={field.schema['x-template']} />
    case 'region':
      return <RegionSelect />
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
