import { Card, Empty, Flex, Table, Tag, Typography } from 'antd'
import type { components } from '../api/schema'
import { Plain } from '../components/Plain'
import { Value } from '../components/Value'
import { isYuan } from '../format/money'
import { useLabels } from '../i18n/words'

type Schemas = components['schemas']
export type Change = Schemas['ChangeOut']
type Line = Schemas['ChangeLineOut']

/** What an operation changed, row by row and field by field, before beside after. */
export function Changes({ changes }: { changes: Change[] }) {
  if (!changes.length) return <Empty />
  return (
    <Flex vertical gap="middle">
      {changes.map((change, index) => (
        <ChangeCard key={index} change={change} />
      ))}
    </Flex>
  )
}

const TONES: Record<string, string> = { created: 'success', changed: 'processing', deleted: 'error' }

function ChangeCard({ change }: { change: Change }) {
  const labels = useLabels()
  return (
    <Card
      size="small"
      title={
        <Flex gap="small" align="center">
          <Tag color={TONES[change.act] ?? 'default'}>{labels.enumText('ChangeAct', change.act)}</Tag>
          <span>{labels.enumText('Subject', change.type)}</span>
          <Typography.Text type="secondary">{change.id}</Typography.Text>
        </Flex>
      }
    >
      <Lines change={change} />
    </Card>
  )
}

function Lines({ change: { act, lines } }: { change: Change }) {
  const labels = useLabels()
  const side = (key: 'before' | 'after', mark: string) => ({
    key,
    title: labels.field(key),
    width: '40%',
    render: (_: unknown, line: Line) => <Side line={line} value={line[key]} mark={act === 'changed' ? mark : ''} />,
  })
  return (
    <Table<Line>
      size="small"
      rowKey="field"
      pagination={false}
      dataSource={lines}
      tableLayout="fixed"
      columns={[
        { key: 'field', title: labels.field('field'), render: (_, line) => labels.field(line.field) },
        ...(act === 'created' ? [] : [side('before', 'axle-removed')]),
        ...(act === 'deleted' ? [] : [side('after', 'axle-added')]),
      ]}
    />
  )
}

const MOMENT = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/

function Side({ line, value, mark }: { line: Line; value: unknown; mark: string }) {
  if (value === null || value === '') return <>-</>
  return (
    <span className={mark}>
      <Shown line={line} value={value} />
    </span>
  )
}

/** The log keeps plain values; their form tells what they are. */
function Shown({ line, value }: { line: Line; value: unknown }) {
  if (line.enum) return <Value kind="enum" enum={line.enum} value={value} />
  if (typeof value === 'boolean') return <Value kind="bool" value={value} />
  if (typeof value === 'string' && MOMENT.test(value)) return <Value kind="datetime" value={value} />
  if (typeof value === 'string' && /\.\d\d$/.test(value) && isYuan(value)) return <Value kind="money" value={value} />
  return <Plain value={value} />
}
