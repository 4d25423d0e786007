import { Flex, Statistic } from 'antd'
import { useLabels } from '../i18n/words'
import type { Field } from '../schema/fields'
import { FactValue } from './Facts'
import type { Data } from './spec'

/** The few values that people open the page for, large. */
export function Figures({ fields, data }: { fields: Field[]; data: Data }) {
  const labels = useLabels()
  if (!fields.length) return null
  return (
    <Flex wrap gap={48} style={{ marginTop: 16 }}>
      {fields.map((field) => (
        <Statistic
          key={field.key}
          title={labels.field(field.key)}
          value={String(data[field.key] as string | number | null)}
          formatter={() => <FactValue field={field} value={data[field.key]} />}
          styles={{ content: { fontSize: 20, whiteSpace: 'nowrap' } }}
        />
      ))}
    </Flex>
  )
}
