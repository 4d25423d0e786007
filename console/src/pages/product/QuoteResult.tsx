import { Alert, Flex, Statistic, Table, Tabs, Typography } from 'antd'
import type { Query } from '../../api/request'
import { Money } from '../../components/Money'
import { Value } from '../../components/Value'
import { showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { useLabels, useWords } from '../../i18n/words'
import type { QuoteAnswer } from './quote'
import { QuoteChart } from './QuoteChart'
import { QuoteComparison } from './QuoteComparison'

const AMOUNTS = ['instalment', 'principal', 'interest_total', 'fee_total', 'total'] as const
const RATES = ['annual_rate', 'irr_simple', 'apr_simple', 'cost_cap'] as const

interface QuoteResultProps {
  quote: QuoteAnswer
  /** What was asked, to ask it again for other terms. */
  query: Query
  /** The terms that the product offers. */
  terms: number[]
}

/** What a loan costs, whether the product allows it, and its schedule. */
export function QuoteResult({ quote, query, terms }: QuoteResultProps) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Flex vertical gap="middle">
      {quote.violations.length === 0 && <Alert type="success" showIcon title={say('quote.allowed')} />}
      {quote.violations.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say('quote.not_allowed')}
          description={quote.violations.map(({ field, code, message }) => (
            <div key={`${field} ${code}`}>{`${labels.field(field)}: ${message}`}</div>
          ))}
        />
      )}
      <Flex wrap gap="large">
        {AMOUNTS.map((key) => (
          <Statistic key={key} title={labels.field(key)} value={quote[key]} formatter={() => showYuan(quote[key])} />
        ))}
        {RATES.map((key) => (
          <Statistic key={key} title={labels.field(key)} value={quote[key]} formatter={() => showRate(quote[key])} />
        ))}
      </Flex>
      <QuoteChart quote={quote} />
      <Tabs
        items={[
          { key: 'schedule', label: labels.field('schedule'), children: <Schedule rows={quote.instalments} /> },
          { key: 'costs', label: labels.field('costs'), children: <Costs costs={quote.costs} /> },
          { key: 'compare', label: say('quote.compare'), children: <QuoteComparison query={query} terms={terms} /> },
        ]}
      />
    </Flex>
  )
}

const PARTS = ['principal', 'interest', 'fee', 'total', 'balance'] as const

function Schedule({ rows }: { rows: QuoteAnswer['instalments'] }) {
  const labels = useLabels()
  return (
    <Table<QuoteAnswer['instalments'][number]>
      size="small"
      rowKey="no"
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content', y: 480 }}
      columns={[
        { title: labels.field('no'), dataIndex: 'no' },
        { title: labels.field('due_on'), dataIndex: 'due_on' },
        ...PARTS.map((key) => ({
          key,
          title: labels.field(key),
          align: 'right' as const,
          render: (_: unknown, row: QuoteAnswer['instalments'][number]) => <Money value={row[key]} />,
        })),
      ]}
    />
  )
}

function Costs({ costs }: { costs: QuoteAnswer['costs'] }) {
  const labels = useLabels()
  return (
    <Flex vertical gap="middle">
      <Table
        size="small"
        rowKey="code"
        dataSource={costs.items}
        pagination={false}
        columns={[
          { title: labels.field('name'), dataIndex: 'name' },
          { title: labels.field('timing'), render: (_, item) => labels.enumText('ProductFeeTiming', item.timing) },
          { title: labels.field('amount'), align: 'right', render: (_, item) => <Money value={item.amount} /> },
          { title: labels.field('annualised'), align: 'right', render: (_, item) => showRate(item.annualised) },
          { title: labels.field('collector'), dataIndex: 'collector' },
        ]}
      />
      <Typography.Text strong>
        {labels.field('total_amount')} {showYuan(costs.total_amount)} · {labels.field('total_annualised')} {showRate(costs.total_annualised)}
      </Typography.Text>
      <Typography.Title level={5}>{labels.field('contingent')}</Typography.Title>
      <Table
        size="small"
        rowKey="name"
        dataSource={costs.contingent}
        pagination={false}
        columns={[
          { title: labels.field('name'), dataIndex: 'name' },
          { title: labels.field('rate'), align: 'right', render: (_, item) => showRate(item.rate) },
          { title: labels.field('before_month'), render: (_, item) => <Value kind="integer" value={item.before_month} /> },
        ]}
      />
    </Flex>
  )
}
