import { Alert, Empty, Flex, Space, Statistic, Table, Tag } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import type { components } from '../../api/schema'
import type { ChartOption } from '../../components/Chart'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { showRate } from '../../format/rate'
import { useLabels, useWords, type Labels } from '../../i18n/words'
import { usePart } from '../application/usePart'
import { useSeesSignals } from './useSeesSignals'

const Chart = lazy(() => import('../../components/Chart'))

type Signals = components['schemas']['DealerSignalsOut']
type Month = Signals['months'][number]

const RATES = ['first_default_rate', 'salesperson_share', 'pending_mortgage_rate', 'dealer_overdue_rate'] as const
const LATEST = 3

/** What is out of the usual in a dealer's last whole months, and whether flexible control is advised. */
export default function DealerSignals({ id }: { id: number }) {
  const say = useWords()
  const labels = useLabels()
  const { data, error } = usePart<Signals>(`/dealers/${id}/signals`, useSeesSignals())
  if (error) return <Failure error={error} />
  if (data === undefined) return <Loading />
  if (data === null) return <Empty />
  return (
    <Flex vertical gap="middle">
      {data.is_control_advised && (
        <Alert type="warning" showIcon title={say('dealer.control_advised', { months: data.abnormal_months })} />
      )}
      <Flex gap="large" wrap>
        <Statistic title={labels.field('abnormal_months')} value={data.abnormal_months} />
        {RATES.map((key) => (
          <Statistic key={key} title={labels.field(key)} value={showRate(data[key])} />
        ))}
      </Flex>
      <Flex gap="large" wrap>
        <div style={{ flex: '1 1 420px', minWidth: 0 }}>
          <Suspense fallback={<Loading />}>
            <Months rows={data.months} />
          </Suspense>
        </div>
        <Table<Month>
          size="small"
          rowKey="month"
          style={{ flex: '1 1 420px' }}
          title={() => say('dealer.latest_months')}
          dataSource={data.months.slice(-LATEST).toReversed()}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: labels.field('month'), render: (_, row) => row.month.slice(0, 7) },
            ...(['cases_submitted', 'cases_declined', 'first_dues', 'first_defaults'] as const).map((key) => ({
              key, title: labels.field(key), dataIndex: key, align: 'right' as const,
            })),
            { title: labels.field('month_causes'), render: (_, row) => <Causes row={row} /> },
          ]}
        />
      </Flex>
    </Flex>
  )
}

function Causes({ row }: { row: Month }) {
  const say = useWords()
  const labels = useLabels()
  if (!row.month_causes.length) return <>{say('dealer.month_usual')}</>
  return (
    <Space size={4} wrap>
      {row.month_causes.map((cause) => (
        <Tag key={cause} color="warning">{labels.enumText('MonthCause', cause)}</Tag>
      ))}
    </Space>
  )
}

function Months({ rows }: { rows: Month[] }) {
  const labels = useLabels()
  const option = useMemo(() => optionOf(rows, labels), [rows, labels])
  return <Chart option={option} label={labels.field('months')} />
}

function optionOf(rows: Month[], labels: Labels): ChartOption {
  const bar = (key: 'cases_submitted' | 'cases_declined' | 'first_defaults') => ({
    type: 'bar' as const,
    name: labels.field(key),
    data: rows.map((row) => row[key]),
  })
  return {
    tooltip: { trigger: 'axis' },
    legend: { top: 0 },
    grid: { left: 40, right: 12, top: 36, bottom: 24 },
    xAxis: { type: 'category', data: rows.map(({ month, month_causes: causes }) => `${month.slice(2, 7)}${causes.length ? ' !' : ''}`) },
    yAxis: { type: 'value', minInterval: 1 },
    series: [bar('cases_submitted'), bar('cases_declined'), bar('first_defaults')],
  }
}
