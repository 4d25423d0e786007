import { Card, Col, Form, Row, type FormItemProps } from 'antd'
import { use } from 'react'
import { useLabels, useWords, type Say } from '../i18n/words'
import { isDecimal } from '../format/rate'
import { isYuan } from '../format/money'
import type { Field } from '../schema/fields'
import { useFormFacts } from './FormContext'
import { FormGroupsContext, type FormGroup } from './groups'
import { FieldInput } from './inputs/FieldInput'
import { ListFields } from './ListFields'

type Path = (string | number)[]
type Rules = NonNullable<FormItemProps['rules']>

interface FormFieldsProps {
  fields: Field[]
  /** Where the fields are in the form's values. */
  path?: Path
  columns: number
}

const WHOLE_ROW = ['object', 'list', 'textarea', 'any']

/** The inputs of a command, in a grid; objects and lists of objects are framed. */
export function FormFields({ fields, path = [], columns }: FormFieldsProps) {
  return (
    <Row gutter={16}>
      {fields.map((field) => (
        <Col key={field.key} span={spanOf(field, path, columns)}>
          <FormField field={field} path={[...path, field.key]} columns={columns} />
        </Col>
      ))}
    </Row>
  )
}

/** Choices in a row of a list stand beside its other inputs; elsewhere they have the whole row. */
function spanOf({ kind, item }: Field, path: Path, columns: number): number {
  if (kind === 'map') return 12
  const isChoiceInRow = kind === 'list' && !item?.fields.length && path.some((part) => typeof part === 'number')
  return WHOLE_ROW.includes(kind) && !isChoiceInRow ? 24 : 24 / columns
}

function FormField({ field: declared, path, columns }: { field: Field; path: Path; columns: number }) {
  const labels = useLabels()
  const field = { ...declared, ...useFormFacts().shapes[declared.key] }
  const say = useWords()
  const label = labels.fieldOf(field)
  const groups = use(FormGroupsContext)[field.key]
  if (field.kind === 'object' && field.fields.length) {
    if (groups) return <GroupedFields field={field} groups={groups} path={path} columns={columns} />
    return (
      <Card size="small" title={label} style={{ marginBottom: 16 }}>
        <FormFields fields={field.fields} path={path} columns={columns} />
      </Card>
    )
  }
  if (field.item?.fields.length) return <ListFields field={field} path={path} columns={columns} />
  return (
    <Form.Item
      name={path}
      data-field={path.join('.')}
      label={label}
      rules={rulesOf(field, say)}
      {...(field.kind === 'bool' ? { valuePropName: 'checked' } : {})}
    >
      <FieldInput field={field} />
    </Form.Item>
  )
}

/** The fields of a card; a card of one object is that object's, without a frame in the frame. */
function CardFields({ fields, path, columns }: Required<FormFieldsProps>) {
  const [only] = fields
  if (fields.length === 1 && only?.kind === 'object' && only.fields.length) {
    return <FormFields fields={only.fields} path={[...path, only.key]} columns={columns} />
  }
  return <FormFields fields={fields} path={path} columns={columns} />
}

/** A big object as several cards. What no group names has a card of its own, so that nothing is lost. */
function GroupedFields({ field, groups, path, columns }: { field: Field; groups: FormGroup[]; path: Path; columns: number }) {
  const say = useWords()
  const labels = useLabels()
  const named = new Set(groups.flatMap(({ keys }) => keys))
  const rest = field.fields.filter(({ key }) => !named.has(key))
  const cards = groups.map(({ title, keys }) => ({
    title: say(title),
    fields: keys.flatMap((key) => field.fields.find((one) => one.key === key) ?? []),
  }))
  if (rest.length) cards.push({ title: labels.fieldOf(field), fields: rest })
  return (
    <>
      {cards.map((card) => isOneList(card.fields) ? <FormFields key={card.title} fields={card.fields} path={path} columns={columns} /> : (
        <Card key={card.title} title={card.title} style={{ marginBottom: 16 }}>
          <CardFields fields={card.fields} path={path} columns={columns} />
        </Card>
      ))}
    </>
  )
}

/** A list of objects has a frame of its own. */
function isOneList([only, ...others]: Field[]): boolean {
  return !others.length && Boolean(only?.item?.fields.length)
}

function rulesOf(field: Field, say: Say): Rules {
  const rules: Rules = []
  if (field.isRequired && field.kind !== 'bool') rules.push({ required: true })
  if (field.kind === 'money') rules.push(checked(isYuan, say('form.invalid_amount')))
  if (field.kind === 'rate') rules.push(checked(isDecimal, say('form.invalid_rate')))
  return rules
}

function checked(isRight: (text: string) => boolean, message: string): Rules[number] {
  return {
    validator: (_, value: string | null | undefined) =>
      !value || isRight(value) ? Promise.resolve() : Promise.reject(new Error(message)),
  }
}
