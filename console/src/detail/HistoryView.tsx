import { useQuery } from '@tanstack/react-query'
import { Empty, Flex, Timeline, Typography } from 'antd'
import type { components } from '../api/schema'
import { get } from '../api/request'
import { Failure } from '../components/Failure'
import { Loading } from '../components/Loading'
import { Plain } from '../components/Plain'
import { StateTag } from '../components/StateTag'
import { showDateTime } from '../format/date'
import { useLabels, useWords } from '../i18n/words'

type Item = components['schemas']['HistoryItemOut']
type Line = components['schemas']['ChangeLineOut']

const FIELDS_SHOWN = 12

/** What was done to a thing, latest first: who, when, and the fields before and after. */
export function HistoryView({ path }: { path: string }) {
  const say = useWords()
  const { data, error } = useQuery({ queryKey: ['history', path], queryFn: () => get<Item[]>(`${path}/history`) })
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  if (!data.length) return <Empty description={say('history.none')} />
  return <Timeline items={data.map((item, index) => ({ key: index, content: <Operation item={item} /> }))} />
}

function Operation({ item }: { item: Item }) {
  const say = useWords()
  const labels = useLabels()
  const lines = item.changes.filter(({ act }) => act === 'changed').flatMap((change) => change.lines)
  return (
    <Flex vertical gap={4}>
      <Flex gap="small" wrap>
        <Typography.Text strong>{labels.command(item.operation)}</Typography.Text>
        <span>{item.actor_name}</span>
        {item.checker_name && <span>{say('history.checked_by', { name: item.checker_name })}</span>}
        <Typography.Text type="secondary">{showDateTime(item.at)}</Typography.Text>
      </Flex>
      {item.note && <Typography.Text>{item.note}</Typography.Text>}
      {lines.slice(0, FIELDS_SHOWN).map((line, index) => (
        <ChangedField key={index} line={line} />
      ))}
    </Flex>
  )
}

function ChangedField({ line }: { line: Line }) {
  const labels = useLabels()
  return (
    <Flex gap={8} wrap>
      <Typography.Text type="secondary">{labels.field(line.field)}</Typography.Text>
      <Side line={line} value={line.before} />
      <span>→</span>
      <Side line={line} value={line.after} />
    </Flex>
  )
}

function Side({ line, value }: { line: Line; value: unknown }) {
  if (line.enum && typeof value === 'string') return <StateTag name={line.enum} value={value} />
  return (
    <span>
      <Plain value={value} />
    </span>
  )
}
