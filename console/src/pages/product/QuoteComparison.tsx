import { useQueries } from '@tanstack/react-query'
import { Table } from 'antd'
import { get, type Query } from '../../api/request'
import { Money } from '../../components/Money'
import { showRate } from '../../format/rate'
import { useLabels } from '../../i18n/words'
import type { QuoteAnswer } from './quote'

const AMOUNTS = ['instalment', 'interest_total', 'fee_total', 'total'] as const
const RATES = ['annual_rate', 'apr_simple'] as const

/** The same loan over each of the product's terms. */
export function QuoteComparison({ query, terms }: { query: Query; terms: number[] }) {
  const labels = useLabels()
  const answers = useQueries({
    queries: terms.map((periods) => {
      const asked = { ...query, periods }
      return { queryKey: ['quote', asked], queryFn: () => get<QuoteAnswer>('/product-quotes', asked) }
    }),
  })
  return (
    <Table<QuoteAnswer>
      size="small"
      rowKey="periods"
      loading={answers.some(({ isLoading }) => isLoading)}
      dataSource={answers.flatMap(({ data }) => data ?? [])}
      pagination={false}
      columns={[
        { title: labels.field('periods'), dataIndex: 'periods', align: 'right' },
        ...AMOUNTS.map((key) => ({
          key, title: labels.field(key), align: 'right' as const, render: (_: unknown, row: QuoteAnswer) => <Money value={row[key]} />,
        })),
        ...RATES.map((key) => ({
          key, title: labels.field(key), align: 'right' as const, render: (_: unknown, row: QuoteAnswer) => showRate(row[key]),
        })),
      ]}
    />
  )
}
