import { useQuery } from '@tanstack/react-query'
import { Empty, Flex, Table, Typography } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { VersionChanges } from '../../detail/VersionChanges'
import { useLabels, useWords } from '../../i18n/words'
import type { GraphChanges, Strategy } from './decision'
import { VersionSelect } from './VersionSelect'

type Change = GraphChanges['changes'][number]

/** What a version changed in another one, the one before it unless another is chosen: the graph in words, then the rest by its place. */
export default function StrategyChanges({ version }: { version: Strategy }) {
  const say = useWords()
  const [against, setAgainst] = useState(version.previous_id ?? undefined)
  const path = `/strategy-versions/${version.id}`
  if (against === undefined) return <Empty description={say('detail.first_version')} />
  return (
    <Flex vertical gap="middle">
      <Flex gap="small" align="center">
        {say('strategy.compare_with')}
        <VersionSelect strategy={version.strategy} value={against} without={version.id} onChange={setAgainst} />
      </Flex>
      <Typography.Title level={5} style={{ margin: 0 }}>
        {say('strategy.graph')}
      </Typography.Title>
      <InGraph path={path} against={against} />
      <Typography.Title level={5} style={{ margin: 0 }}>
        {say('strategy.rest')}
      </Typography.Title>
      <VersionChanges path={path} against={against} without="graph" />
    </Flex>
  )
}

function InGraph({ path, against }: { path: string; against: number }) {
  const say = useWords()
  const labels = useLabels()
  const { data, error } = useQuery({
    queryKey: ['graph-changes', path, against],
    queryFn: () => get<GraphChanges>(`${path}/graph-changes`, { against }),
  })
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  const no = data.against_no ?? ''
  if (!data.changes.length) return <Empty description={say('detail.no_changes', { no })} />
  return (
    <Table<Change>
      size="small"
      rowKey={({ kind, node, row, text }) => [kind, node, row, text].join('|')}
      dataSource={data.changes}
      pagination={data.changes.length > 50 ? { pageSize: 50 } : false}
      columns={[
        { key: 'node', title: labels.field('node'), dataIndex: 'node', width: 160 },
        { key: 'text', title: labels.field('text'), dataIndex: 'text' },
        { key: 'before', title: say('detail.before', { no }), width: '30%', render: (_, { before }) => <Cell text={before} mark="axle-removed" /> },
        { key: 'after', title: say('detail.after'), width: '30%', render: (_, { after }) => <Cell text={after} mark="axle-added" /> },
      ]}
    />
  )
}

function Cell({ text, mark }: { text: string; mark: string }) {
  if (!text) return <>-</>
  return (
    <Typography.Text code className={mark}>
      {text}
    </Typography.Text>
  )
}
