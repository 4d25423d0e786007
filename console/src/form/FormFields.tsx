import { Card, Col, Form, Row, type FormItemProps } from 'antd'
import { useLabels, useWords, type Say } from '../i18n/words'
import { isDecimal } from '../format/rate'
import { isYuan } from '../format/money'
import type { Field } from '../schema/fields'
import { useFormFacts } from './FormContext'
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
        <Col key={field.key} span={WHOLE_ROW.includes(field.kind) ? 24 : 24 / columns}>
          <FormField field={field} path={[...path, field.key]} columns={columns} />
        </Col>
      ))}
    </Row>
  )
}

function FormField({ field: declared, path, columns }: { field: Field; path: Path; columns: number }) {
  const labels = useLabels()
  const field = { ...declared, ...useFormFacts().shapes[declared.key] }
  const say = useWords()
  const label = labels.field(field.key)
  if (field.kind === 'object' && field.fields.length) {
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
      label={label}
      rules={rulesOf(field, say)}
      {...(field.kind === 'bool' ? { valuePropName: 'checked' } : {})}
    >
      <FieldInput field={field} />
    </Form.Item>
  )
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
