import { Flex, Table, Tag, Typography } from 'antd'
import type { Data } from '../../detail/spec'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import type { ScoreStage, StrategyInput } from './decision'

interface Column {
  id: string
  name: string
  field?: string
}
interface Expression {
  id: string
  key: string
  value: string
}
interface GraphNode {
  id: string
  name: string
  content?: { rules?: Record<string, string>[]; inputs?: Column[]; outputs?: Column[]; expressions?: Expression[] }
}

const PAGE = 20

/** The tables and formulas of a strategy in the order in which they are computed. */
export default function StrategyTables({ version }: { version: Data }) {
  const nodes = (version.graph as { nodes?: GraphNode[] }).nodes ?? []
  const { inputs = [], scorecard } = version.input_contract as { inputs?: StrategyInput[]; scorecard?: ScoreStage | null }
  const say = useWords()
  return (
    <Flex vertical gap="large">
      {nodes.map((node) => (
        <NodeTable key={node.id} node={node} />
      ))}
      {scorecard && <Scorecard stage={scorecard} />}
      <div>
        <Typography.Title level={5}>{say('strategy.inputs')}</Typography.Title>
        <Inputs inputs={inputs} />
      </div>
    </Flex>
  )
}

function NodeTable({ node }: { node: GraphNode }) {
  const { rules, inputs = [], outputs = [], expressions } = node.content ?? {}
  const labels = useLabels()
  const named = labels.enumText('StrategyNode', node.id)
  if (!rules && !expressions) return null
  return (
    <div>
      <Typography.Title level={5}>{named === node.id ? node.name : named}</Typography.Title>
      {rules && <Rules rules={rules} columns={[...inputs, ...outputs]} />}
      {expressions && (
        <Table<Expression>
          size="small"
          rowKey="id"
          dataSource={expressions}
          pagination={false}
          columns={[
            { title: '', dataIndex: 'key', width: 240 },
            { title: '', render: (_, { value }) => <Typography.Text code>{value}</Typography.Text> },
          ]}
          showHeader={false}
        />
      )}
    </div>
  )
}

function Rules({ rules, columns }: { rules: Record<string, string>[]; columns: Column[] }) {
  const say = useWords()
  return (
    <Table<Record<string, string>>
      size="small"
      rowKey={(row) => row._id ?? JSON.stringify(row)}
      dataSource={rules}
      pagination={rules.length > PAGE ? { pageSize: PAGE } : false}
      scroll={{ x: 'max-content' }}
      columns={columns.map(({ id, name }) => ({
        key: id,
        title: name,
        render: (_: unknown, row: Record<string, string>) =>
          row[id] || <Typography.Text type="secondary">{say('strategy.any')}</Typography.Text>,
      }))}
    />
  )
}

function Scorecard({ stage }: { stage: ScoreStage }) {
  const say = useWords()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  return (
    <div>
      <Typography.Title level={5}>{say('strategy.scorecard', { code: stage.code })}</Typography.Title>
      <Table<ScoreStage['needs'][number]>
        size="small"
        rowKey="name"
        dataSource={stage.needs}
        pagination={false}
        columns={[
          { title: say('scorecard.characteristic'), render: (_, { words }) => words[side] },
          { title: '', dataIndex: 'name' },
          { title: say('scorecard.value'), render: (_, { value }) => <Typography.Text code>{value}</Typography.Text> },
          { title: '', dataIndex: 'unit' },
          { title: '', render: (_, { missing }) => say(missing === 'bin' ? 'strategy.missing_bin' : 'strategy.missing_refuse') },
        ]}
      />
    </div>
  )
}

function Inputs({ inputs }: { inputs: StrategyInput[] }) {
  const say = useWords()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  return (
    <Table<StrategyInput>
      size="small"
      rowKey="name"
      dataSource={inputs}
      pagination={{ pageSize: PAGE }}
      columns={[
        { title: say('strategy.inputs'), render: (_, { words }) => words[side] },
        { title: '', dataIndex: 'name' },
        { title: '', render: (_, { choices }) => Object.values(choices ?? {}).map((word) => <Tag key={word.en}>{word[side]}</Tag>) },
      ]}
    />
  )
}
