import { useQuery } from '@tanstack/react-query'
import { Empty, Flex, Tag, Timeline, Typography } from 'antd'
import { get } from '../api/request'
import { Failure } from '../components/Failure'
import { Loading } from '../components/Loading'
import { StateTag } from '../components/StateTag'
import { showDateTime } from '../format/date'
import { useLabels } from '../i18n/words'

interface TimelineItem {
  at: string
  actor_name: string
  role: string
  node: string
  name: string
  state: string
  action: string
  opinion: string
  documents: string[]
}

/** What people did about a thing, oldest first. `subject` is written "application:12". */
export function TimelineView({ subject }: { subject: string }) {
  const { data, error } = useQuery({
    queryKey: ['timeline', subject],
    queryFn: () => get<{ items: TimelineItem[] }>('/timeline', { subject }),
  })
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  if (!data.items.length) return <Empty />
  return <Timeline items={data.items.map((item, index) => ({ key: index, content: <Step item={item} /> }))} />
}

function Step({ item }: { item: TimelineItem }) {
  const labels = useLabels()
  return (
    <Flex vertical gap={4}>
      <Flex gap="small" wrap align="center">
        <Typography.Text strong>{item.name}</Typography.Text>
        {item.action ? <StateTag name="TaskAction" value={item.action} /> : <Tag>{labels.enumText('TaskStep', item.state)}</Tag>}
        <span>{item.actor_name}</span>
        <Typography.Text type="secondary">{showDateTime(item.at)}</Typography.Text>
      </Flex>
      {item.opinion && <Typography.Text>{item.opinion}</Typography.Text>}
      {item.documents.length > 0 && (
        <span>
          {item.documents.map((kind) => (
            <Tag key={kind}>{labels.enumText('CapturedKind', kind)}</Tag>
          ))}
        </span>
      )}
    </Flex>
  )
}
