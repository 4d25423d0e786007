import { Descriptions } from 'antd'
import { ReferenceName } from '../components/ReferenceName'
import { Value } from '../components/Value'
import { referenceOf } from '../form/references'
import { useLabels } from '../i18n/words'
import { LinkedValue } from '../routes/links'
import type { Field } from '../schema/fields'
import type { Data } from './spec'

interface FactsProps {
  fields: Field[]
  data: Data
  title?: string
}

const SIZES = { xs: 1, sm: 1, md: 2, lg: 3, xl: 3, xxl: 4 }
const WIDE = ['textarea', 'any']

/** Labels and values of one thing; nothing at all when there are none. */
export function Facts({ fields, data, title }: FactsProps) {
  const labels = useLabels()
  if (!fields.length) return null
  return (
    <Descriptions
      size="small"
      column={SIZES}
      title={title}
      style={{ marginBottom: 16 }}
      items={fields.map((field) => ({
        key: field.key,
        label: labels.fieldOf(field),
        children: (
          <LinkedValue name={field.key} data={data}>
            <FactValue field={field} value={data[field.key]} />
          </LinkedValue>
        ),
        ...(WIDE.includes(field.kind) ? { span: 'filled' as const } : {}),
      }))}
    />
  )
}

/** A value by its field; lists of plain values are joined. */
export function FactValue({ field, value }: { field: Field; value: unknown }) {
  const reference = typeof value === 'number' ? referenceOf(field.key) : undefined
  if (reference && typeof value === 'number') return <ReferenceName reference={reference} id={value} />
  if (field.kind !== 'list') return <Value kind={valueKind(field)} enum={field.enumName} isWarning={isWarning(field)} value={value} />
  const values = Array.isArray(value) ? (value as unknown[]) : []
  if (!values.length || !field.item) return <>-</>
  const item = field.item
  return (
    <>
      {values.map((one, index) => (
        <span key={index}>
          {index > 0 && (item.kind === 'enum' ? ' ' : ', ')}
          <Value kind={valueKind(item)} enum={item.enumName} value={one} />
        </span>
      ))}
    </>
  )
}

/** Lateness and doubt are told in red. */
function isWarning(field: Field): boolean {
  return /^is_(overdue|doubtful|late)$/.test(field.key)
}

function valueKind(field: Field): string {
  if (field.kind === 'any' || field.kind === 'object') return 'json'
  return field.kind
}
