import { Alert, Descriptions, Space, Table, Tag, Typography } from 'antd'
import type { components } from '../../api/schema'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'

type Statement = NonNullable<components['schemas']['CapturedDocumentOut']['statement']>
type Month = Statement['months'][number]
type Finding = Statement['findings'][number]
type Income = Statement['incomes'][number]

/** A field's name as documents call it. */
function useWord() {
  const labels = useLabels()
  return (key: string) => labels.fieldOf({ key, owner: '@documents' })
}

const percent = (rate: string) => `${(Number(rate) * 100).toFixed(1)}%`

/** What a bank statement comes to: its verdict and income, what is odd and in which line, its months, who pays regularly. */
export function StatementFigures({ statement }: { statement: Statement }) {
  const word = useWord()
  const say = useWords()
  return (
    <Space orientation="vertical" style={{ width: '100%' }} size="middle">
      <Descriptions size="small" column={2} bordered>
        <Descriptions.Item label={word('statement_check')}>
          {statement.statement_check ? <StateTag name="StatementCheck" value={statement.statement_check} /> : say('application.statement_unchecked')}
        </Descriptions.Item>
        <Descriptions.Item label={word('statement_income')}>{statement.statement_income ?? say('application.statement_short')}</Descriptions.Item>
        <Descriptions.Item label={say('application.statement_span')}>{`${statement.from_on} – ${statement.to_on}`}</Descriptions.Item>
        <Descriptions.Item label={word('lines')}>{statement.lines}</Descriptions.Item>
        <Descriptions.Item label={word('inflow')}>{statement.inflow}</Descriptions.Item>
        <Descriptions.Item label={word('outflow')}>{statement.outflow}</Descriptions.Item>
        <Descriptions.Item label={word('round_trip_rate')}>{percent(statement.round_trip_rate)}</Descriptions.Item>
        <Descriptions.Item label={word('gambling_lines')}>{statement.gambling_lines.join(', ') || '-'}</Descriptions.Item>
      </Descriptions>
      <Findings rows={statement.findings} />
      <Months rows={statement.months} />
      <Incomes rows={statement.incomes} />
    </Space>
  )
}

function Findings({ rows }: { rows: Finding[] }) {
  const labels = useLabels()
  const word = useWord()
  const say = useWords()
  if (!rows.length) return <Alert type="success" showIcon title={say('application.statement_clean')} />
  return (
    <Table<Finding>
      size="small"
      rowKey={(row) => `${row.statement_finding} ${row.line} ${row.on} ${row.found}`}
      dataSource={rows}
      pagination={{ pageSize: 8, hideOnSinglePage: true }}
      columns={[
        { title: word('statement_finding'), render: (_, row) => <Tag color="error">{labels.enumText('StatementFinding', row.statement_finding)}</Tag> },
        { title: word('line'), render: (_, row) => row.line || '-' },
        { title: word('on'), render: (_, row) => row.on ?? '-' },
        { title: word('expected'), dataIndex: 'expected' },
        { title: word('found'), dataIndex: 'found' },
      ]}
    />
  )
}

function Months({ rows }: { rows: Month[] }) {
  const word = useWord()
  return (
    <Table<Month>
      size="small"
      rowKey="month"
      dataSource={rows}
      pagination={{ pageSize: 12, hideOnSinglePage: true }}
      columns={[
        { title: word('month'), dataIndex: 'month' },
        { title: word('inflow'), dataIndex: 'inflow', align: 'right' },
        { title: word('outflow'), dataIndex: 'outflow', align: 'right' },
        { title: word('income'), dataIndex: 'income', align: 'right' },
      ]}
    />
  )
}

function Incomes({ rows }: { rows: Income[] }) {
  const word = useWord()
  const say = useWords()
  if (!rows.length) return <Typography.Text type="secondary">{say('application.statement_no_income')}</Typography.Text>
  return (
    <Table<Income>
      size="small"
      rowKey="counterparty"
      dataSource={rows}
      pagination={{ pageSize: 5, hideOnSinglePage: true }}
      columns={[
        { title: word('counterparty'), dataIndex: 'counterparty' },
        { title: say('application.statement_months'), dataIndex: 'months', align: 'right' },
        { title: word('total'), dataIndex: 'total', align: 'right' },
      ]}
    />
  )
}
