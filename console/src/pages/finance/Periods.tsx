import { useQuery } from '@tanstack/react-query'
import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Card, Flex, Select, Table, Tabs, Typography } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { StateTag } from '../../components/StateTag'
import { CommandButton } from '../../form/CommandButton'
import { useLabels, useWords } from '../../i18n/words'
import { Ledger } from '../../ledger/Ledger'
import { periodNo, useLegalEntities } from './books'

type PeriodState = components['schemas']['PeriodStateOut']

/** The months of a company: what stands in the way of closing the next one, and what was closed and opened again. */
export default function Periods() {
  const labels = useLabels()
  const { data: entities } = useLegalEntities()
  const [chosen, choose] = useState<number | null>(null)
  const entity = entities?.find(({ id }) => id === chosen) ?? entities?.[0]
  if (!entity) return <Loading />
  return (
    <Flex vertical gap="middle">
      <Card variant="borderless">
        <Select<number>
          style={{ minWidth: 260 }}
          aria-label={labels.field('legal_entity')}
          value={entity.id}
          onChange={choose}
          options={(entities ?? []).map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
        />
      </Card>
      <NextMonth key={entity.id} entityId={entity.id} />
      <Card variant="borderless">
        <Tabs
          items={['periods', 'period_acts'].map((listing) => ({
            key: listing,
            label: labels.listing(listing),
            children: <Ledger key={entity.id} listing={listing} fixed={{ legal_entity: entity.code }} isEmbedded />,
          }))}
        />
      </Card>
    </Flex>
  )
}

function usePeriod(entityId: number, period: number | null) {
  return useQuery({
    queryKey: ['period', entityId, period],
    queryFn: ({ signal }) => get<PeriodState>(`/legal-entities/${entityId}/periods/${period}`, undefined, signal),
    enabled: period !== null,
  })
}

/** The month to close next with its checks; the last closed one can be opened again. */
function NextMonth({ entityId }: { entityId: number }) {
  const say = useWords()
  const { businessDate } = useActor()
  const now = usePeriod(entityId, periodNo(businessDate.slice(0, 7)))
  const next = usePeriod(entityId, now.data?.next_to_close ?? null)
  const last = usePeriod(entityId, before(now.data?.next_to_close ?? null))
  const error = now.error ?? next.error
  if (error) return <Failure error={error} onRetry={() => void next.refetch()} />
  if (!next.data) return <Loading />
  const fixed = { legal_entity_id: entityId }
  return (
    <Card
      variant="borderless"
      title={say('periods.next', { month: monthOf(next.data.period) })}
      extra={
        <Flex gap="small">
          <CommandButton command="profit_transfer" actions={next.data.actions} fixed={{ ...fixed, period: next.data.period }} />
          {next.data.period % 100 === 12 && (
            <CommandButton command="reserve_set_aside" actions={next.data.actions} fixed={{ ...fixed, year: Math.floor(next.data.period / 100) }} />
          )}
          <CommandButton command="period_close" actions={next.data.actions} isPrimary fixed={{ ...fixed, period: next.data.period }} />
          {last.data && (
            <CommandButton
              command="period_reopen"
              actions={last.data.actions}
              label={say('periods.reopen', { month: monthOf(last.data.period) })}
              fixed={{ ...fixed, period: last.data.period }}
            />
          )}
        </Flex>
      }
    >
      <Checks checks={next.data.checks} />
    </Card>
  )
}

function Checks({ checks }: { checks: PeriodState['checks'] }) {
  const labels = useLabels()
  return (
    <Table<PeriodState['checks'][number]>
      size="small"
      rowKey="code"
      pagination={false}
      dataSource={checks}
      columns={[
        {
          title: labels.field('check'),
          render: (_, { code, is_ok, is_blocking }) => (
            <Flex gap="small">
              <Mark isOk={is_ok} isBlocking={is_blocking} />
              {labels.enumText('CloseCheck', code)}
            </Flex>
          ),
        },
        { title: labels.field('state'), render: (_, { is_ok, is_blocking }) => <StateTag name="CheckState" value={is_ok ? 'passed' : is_blocking ? 'failed' : 'warned'} /> },
        { title: labels.field('detail'), render: (_, { detail }) => <Typography.Text type="secondary">{detail}</Typography.Text> },
      ]}
    />
  )
}

/** A check that holds, one that keeps the month open, or one that only warns. */
function Mark({ isOk, isBlocking }: { isOk: boolean; isBlocking: boolean }) {
  if (isOk) return <CheckCircleFilled style={{ color: '#52c41a' }} />
  return isBlocking ? <CloseCircleFilled style={{ color: '#ff4d4f' }} /> : <ExclamationCircleFilled style={{ color: '#faad14' }} />
}

/** 202611 as "2026-11". */
function monthOf(period: number): string {
  const text = String(period)
  return `${text.slice(0, 4)}-${text.slice(4)}`
}

/** The month before one. */
function before(period: number | null): number | null {
  if (period === null) return null
  return period % 100 === 1 ? period - 89 : period - 1
}
