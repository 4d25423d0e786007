import { Card, Empty, Flex, Space, Statistic, Table, Typography } from 'antd'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Money } from '../../components/Money'
import { StateTag } from '../../components/StateTag'
import { Value } from '../../components/Value'
import { showDate } from '../../format/date'
import { showRate } from '../../format/rate'
import { useLabels, useWords, type Labels, type Say } from '../../i18n/words'
import { LinkedValue } from '../../routes/links'
import { usePart } from './usePart'

type Similar = components['schemas']['SimilarCasesOut']
type PastCase = Similar['cases'][number]

const COUNTS = ['cases_found', 'cases_approved', 'cases_declined', 'cases_paid_out', 'cases_overdue', 'cases_defaulted'] as const

/** Past cases of the same kind: how they were decided, and how those stand that were paid out. */
export function SimilarSection({ id }: { id: number }) {
  const say = useWords()
  const labels = useLabels()
  const { data, error } = usePart<Similar>(`/applications/${id}/similar-cases`)
  return (
    <Card variant="borderless" title={say('application.similar')} loading={data === undefined && !error}>
      {error && <Failure error={error} />}
      {data === null && <Empty />}
      {data && (
        <Flex vertical gap="small">
          <Typography.Text type="secondary">{compared(data, say, labels)}</Typography.Text>
          <Flex gap="large" wrap>
            {COUNTS.map((key) => (
              <Statistic key={key} title={labels.field(key)} value={data[key]} />
            ))}
            <Statistic title={labels.field('approval_rate')} value={data.approval_rate === null ? '-' : showRate(data.approval_rate)} />
          </Flex>
          <Cases rows={data.cases} />
        </Flex>
      )}
    </Card>
  )
}

function compared(found: Similar, say: Say, labels: Labels): string {
  const { score_from: from, score_to: to, share_from: low, share_to: high } = found
  const parts = [
    `${labels.enumText('VehicleClass', found.vehicle_class)} · ${labels.enumText('CarKind', found.is_new ? 'new' : 'used')}`,
    ...(from === null || to === null ? [] : [`${labels.field('score')} ${from}–${to}`]),
    ...(low === null || high === null ? [] : [`${labels.field('down_payment_rate')} ${showRate(low)}–${showRate(high)}`]),
  ]
  return say('application.similar_hint', { parts: parts.join(' · ') })
}

function Cases({ rows }: { rows: PastCase[] }) {
  const labels = useLabels()
  if (!rows.length) return <Empty />
  return (
    <Table<PastCase>
      size="small"
      rowKey="application_id"
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: labels.field('application_no'),
          render: (_, row) => <LinkedValue name="application_no" data={{ ...row }}>{row.application_no}</LinkedValue>,
        },
        { title: labels.field('applicant_name'), dataIndex: 'applicant_name' },
        { title: labels.field('vehicle_title'), dataIndex: 'vehicle_title', ellipsis: true, width: 220 },
        { title: labels.field('amount'), align: 'right', render: (_, row) => <Money value={row.amount} /> },
        { title: labels.field('down_payment_rate'), align: 'right', render: (_, row) => <Value kind="rate" value={row.down_payment_rate} /> },
        { title: labels.field('score'), align: 'right', dataIndex: 'score' },
        { title: labels.field('application_state'), render: (_, row) => <StateTag name="ApplicationState" value={row.application_state} /> },
        { title: labels.field('is_automatic'), render: (_, row) => <Value kind="bool" value={row.is_automatic} /> },
        { title: labels.field('decided_at'), render: (_, row) => showDate(row.decided_at) },
        { title: labels.field('past_loan'), render: (_, row) => <PastLoan loan={row.past_loan} /> },
      ]}
    />
  )
}

function PastLoan({ loan }: { loan: PastCase['past_loan'] }) {
  const labels = useLabels()
  if (!loan) return <>-</>
  return (
    <Space size={4}>
      <LinkedValue name="loan_no" data={{ ...loan }}>{loan.loan_no}</LinkedValue>
      <StateTag name="LoanState" value={loan.loan_state} />
      {loan.is_written_off && <Typography.Text type="danger">{labels.field('is_written_off')}</Typography.Text>}
      {loan.days_overdue > 0 && <Typography.Text type="danger">{labels.field('days_overdue')} {loan.days_overdue}</Typography.Text>}
      {loan.worst_days > 0 && <Typography.Text type="warning">{labels.field('worst_days')} {loan.worst_days}</Typography.Text>}
    </Space>
  )
}
