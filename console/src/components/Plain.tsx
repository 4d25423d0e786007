import { Flex, Tag, Typography } from 'antd'
import { useLabels } from '../i18n/words'

/** A value whose shape nobody declared, for reading: names with their values, lists as tags. */
export function Plain({ value }: { value: unknown }) {
  if (value == null || value === '') return <>-</>
  if (Array.isArray(value)) return <PlainList values={value as unknown[]} />
  if (typeof value === 'object') return <PlainPairs pairs={Object.entries(value)} />
  return <>{typeof value === 'string' ? value : JSON.stringify(value)}</>
}

function PlainList({ values }: { values: unknown[] }) {
  if (!values.length) return <>-</>
  const isFlat = values.every((value) => typeof value !== 'object')
  return (
    <Flex wrap gap={4} vertical={!isFlat}>
      {values.map((value, index) => (isFlat ? <Tag key={index}>{String(value)}</Tag> : <Plain key={index} value={value} />))}
    </Flex>
  )
}

function PlainPairs({ pairs }: { pairs: [string, unknown][] }) {
  const labels = useLabels()
  if (!pairs.length) return <>-</>
  return (
    <Flex vertical gap={2}>
      {pairs.map(([key, value]) => (
        <Flex key={key} gap={8}>
          <Typography.Text type="secondary">{labels.field(key)}</Typography.Text>
          <Plain value={value} />
        </Flex>
      ))}
    </Flex>
  )
}
