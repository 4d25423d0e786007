import { Alert, Button, Table, Tag } from 'antd'
import { useLabels, useWords } from '../../i18n/words'
import type { Finding } from './decision'

interface FindingsProps {
  findings: Finding[]
  warnings: Finding[]
  /** Opens the node of a name; undefined for what is no node. */
  open?: (node: string) => (() => void) | undefined
}

/** What the server found in the saved draft: what forbids publishing first, then what is said in vain. */
export function Findings({ findings, warnings, open }: FindingsProps) {
  const say = useWords()
  const labels = useLabels()
  const rows = [...findings.map((one) => ({ ...one, isFault: true })), ...warnings.map((one) => ({ ...one, isFault: false }))]
  if (!rows.length) return <Alert type="success" showIcon title={say('strategy.nothing_found')} />
  return (
    <Table<Finding & { isFault: boolean }>
      size="small"
      rowKey={(one) => [one.code, one.node, one.row, one.column, one.detail].join('|')}
      dataSource={rows}
      pagination={rows.length > 20 ? { pageSize: 20 } : false}
      columns={[
        {
          key: 'kind',
          width: 96,
          render: (_, { isFault }) => <Tag color={isFault ? 'error' : 'warning'}>{say(isFault ? 'strategy.fault' : 'strategy.warning')}</Tag>,
        },
        { key: 'node', title: labels.field('node'), render: (_, { node }) => <NodeName node={node} go={open?.(node)} /> },
        { key: 'row', title: labels.field('row'), width: 72, render: (_, { row }) => row || '' },
        { key: 'column', title: labels.field('column'), dataIndex: 'column' },
        { key: 'text', title: labels.field('text'), dataIndex: 'text' },
      ]}
    />
  )
}

function NodeName({ node, go }: { node: string; go: (() => void) | undefined }) {
  if (!go) return <>{node}</>
  return (
    <Button type="link" size="small" style={{ padding: 0 }} onClick={go}>
      {node}
    </Button>
  )
}
