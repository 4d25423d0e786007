import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Collapse, Empty, Flex, Progress, Statistic, Table, Tag, Typography } from 'antd'
import { Link } from 'react-router'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { StateTag } from '../../components/StateTag'
import { CommandButton } from '../../form/CommandButton'
import { showDateTime } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'

type Schemas = components['schemas']
type Eod = Schemas['EodOut']
type Day = Schemas['EodDayOut']
type Step = Schemas['EodStepOut']
type Shard = Schemas['EodShardOut']

const WATCH_MS = 1_000
const REST_MS = 30_000

/** The end of day: the open date, starting the next run, and how the last ones went. */
export default function EndOfDay() {
  const { data, error, refetch } = useQuery({
    queryKey: ['end-of-day'],
    queryFn: ({ signal }) => get<Eod>('/end-of-day', undefined, signal),
    refetchInterval: ({ state }) => (state.data?.is_running ? WATCH_MS : REST_MS),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Flex vertical gap="middle">
      <Standing eod={data} />
      <Card variant="borderless">{data.days.length ? <Days days={data.days} /> : <Empty />}</Card>
    </Flex>
  )
}

function Standing({ eod }: { eod: Eod }) {
  const say = useWords()
  const labels = useLabels()
  const failed = eod.days.find(({ state }) => state === 'failed')
  return (
    <Card variant="borderless">
      <Flex justify="space-between" align="center" wrap gap="middle">
        <Flex gap={48}>
          <Statistic title={say('eod.open_date')} value={eod.business_date} formatter={() => eod.business_date} />
          <Statistic title={say('eod.last_closed')} value={0} formatter={() => eod.days[0]?.business_on ?? '-'} />
          <Statistic
            title={say('eod.set_aside')}
            value={eod.set_aside}
            formatter={() => <Link to="/system/set-aside?is_open=true">{eod.set_aside}</Link>}
          />
        </Flex>
        <Flex gap="small">
          <CommandButton command="eod_resume" actions={eod.actions} isPrimary />
          <CommandButton command="eod_run" actions={eod.actions} isPrimary={!eod.actions.includes('eod_resume')} values={{ until: eod.business_date }} />
        </Flex>
      </Flex>
      {eod.is_running && <Running day={eod.days[0]} />}
      {failed && (
        <Alert showIcon type="error" style={{ marginTop: 16 }} title={say('eod.failed', { date: failed.business_on })} description={reasonOf(failed, labels)} />
      )}
    </Card>
  )
}

function Running({ day }: { day: Day | undefined }) {
  const say = useWords()
  const labels = useLabels()
  const done = day?.steps.filter(({ state }) => state === 'done').length ?? 0
  const now = day?.steps.find(({ state }) => state === 'running')
  return (
    <Alert
      showIcon
      type="info"
      style={{ marginTop: 16 }}
      title={say('eod.running')}
      description={
        day && now ? (
          <>
            {day.business_on} {labels.enumText('EodStep', now.step)} {shardsDone(now)}
            <Progress percent={Math.round((100 * done) / day.steps.length)} format={() => `${done} / ${day.steps.length}`} />
          </>
        ) : undefined
      }
    />
  )
}

function shardsDone({ shards }: Step): string {
  return shards.length ? `${shards.filter(({ state }) => state === 'done').length} / ${shards.length}` : ''
}

function reasonOf(day: Day, labels: ReturnType<typeof useLabels>): string {
  return day.steps.filter(({ error }) => error).map(({ step, error }) => `${labels.enumText('EodStep', step)}: ${error}`).join('\n')
}

function Days({ days }: { days: Day[] }) {
  const say = useWords()
  return (
    <Collapse
      ghost
      defaultActiveKey={days[0]?.business_on ?? ''}
      items={days.map((day) => ({
        key: day.business_on,
        label: (
          <Flex gap="middle" align="center">
            <Typography.Text strong>{day.business_on}</Typography.Text>
            <StateTag name="StepState" value={day.state} />
            <Typography.Text type="secondary">{say('eod.seconds', { seconds: day.seconds.toFixed(1) })}</Typography.Text>
          </Flex>
        ),
        children: <Steps steps={day.steps} />,
      }))}
    />
  )
}

function Steps({ steps }: { steps: Step[] }) {
  const labels = useLabels()
  const say = useWords()
  return (
    <Table<Step & { no: number }>
      size="small"
      rowKey="step"
      pagination={false}
      expandable={{ rowExpandable: ({ shards }) => shards.length > 0, expandedRowRender: ({ shards }) => <Shards shards={shards} /> }}
      dataSource={steps.map((step, index) => ({ ...step, no: index + 1 }))}
      columns={[
        { title: '#', dataIndex: 'no', width: 48, align: 'right' },
        {
          title: labels.field('step'),
          render: (_, { step, is_closing }) => (
            <>
              {labels.enumText('EodStep', step)} {is_closing && <Tag>{say('eod.closing')}</Tag>}
            </>
          ),
        },
        { title: labels.field('state'), width: 120, render: (_, { state }) => <StateTag name="StepState" value={state} /> },
        { title: labels.field('rows'), width: 120, align: 'right', render: (_, { rows }) => rows.toLocaleString('en-US') },
        { title: labels.field('started_at'), width: 170, render: (_, { started_at }) => showDateTime(started_at) || '-' },
        { title: labels.field('seconds'), width: 120, align: 'right', render: (_, { seconds }) => secondsOf(seconds) },
        { title: say('eod.usual'), width: 140, align: 'right', render: (_, step) => <Usual {...step} /> },
        { title: labels.field('error'), render: (_, { error }) => <Typography.Text type="danger">{error}</Typography.Text> },
      ]}
    />
  )
}

const SLOWER = 1.5
const NOTABLE_SECONDS = 1

/** The median of the dates before, marked when this date took much longer. */
function Usual({ seconds, usual_seconds: usual }: Step) {
  if (usual == null) return '-'
  const isSlow = seconds != null && seconds > NOTABLE_SECONDS && seconds > usual * SLOWER
  return <Typography.Text type={isSlow ? 'warning' : 'secondary'}>{secondsOf(usual)}</Typography.Text>
}

function secondsOf(seconds: number | null): string {
  return seconds == null ? '-' : seconds.toFixed(2)
}

function Shards({ shards }: { shards: Shard[] }) {
  const labels = useLabels()
  return (
    <Table<Shard>
      size="small"
      rowKey="shard"
      pagination={false}
      dataSource={shards}
      columns={[
        { title: labels.field('shard'), dataIndex: 'shard', width: 80, align: 'right' },
        { title: labels.field('state'), width: 120, render: (_, { state }) => <StateTag name="StepState" value={state} /> },
        { title: labels.field('rows'), width: 120, align: 'right', render: (_, { rows }) => rows.toLocaleString('en-US') },
        { title: labels.field('started_at'), width: 170, render: (_, { started_at }) => showDateTime(started_at) },
        { title: labels.field('seconds'), width: 120, align: 'right', render: (_, { seconds }) => secondsOf(seconds) },
        { title: labels.field('error'), render: (_, { error }) => <Typography.Text type="danger">{error}</Typography.Text> },
      ]}
    />
  )
}
