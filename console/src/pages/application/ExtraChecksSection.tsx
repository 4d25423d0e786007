import { Alert, Card, Empty, Flex, Space, Table, Typography } from 'antd'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { StateTag } from '../../components/StateTag'
import { Value } from '../../components/Value'
import { CommandButton } from '../../form/CommandButton'
import { useLabels, useWords } from '../../i18n/words'
import { usePart } from './usePart'

type Extra = components['schemas']['ExtraChecksOut']
type Check = Extra['extra_checks'][number]
type Device = Extra['device_sessions'][number]
type FormRecord = components['schemas']['FormRecordOut']
type FormCourse = NonNullable<FormRecord['form_course']>

/** What is verified besides the usual before this case is approved, and what led to it. */
export function ExtraChecksSection({ id }: { id: number }) {
  const say = useWords()
  const labels = useLabels()
  const { data, error } = usePart<Extra>(`/applications/${id}/extra-checks`)
  const control = data?.flexible_control
  return (
    <Card variant="borderless" title={say('application.extra_checks')} loading={data === undefined && !error}>
      {error && <Failure error={error} />}
      <Flex vertical gap="middle">
        {control && (
          <Alert
            type="warning"
            showIcon
            title={say('application.dealer_controlled', {
              level: labels.enumText('ControlLevel', control.control_level),
              reason: labels.enumText('ControlReason', control.control_reason),
              until: control.until_on,
            })}
            description={control.note}
          />
        )}
        {data && <Checks id={id} rows={data.extra_checks} />}
        {data && data.device_sessions.length > 0 && <Devices rows={data.device_sessions} />}
        {data && (data.form_record ? <Recorded record={data.form_record} /> : <Typography.Text type="secondary">{say('application.form_not_recorded')}</Typography.Text>)}
      </Flex>
    </Card>
  )
}

function Checks({ id, rows }: { id: number; rows: Check[] }) {
  const say = useWords()
  const labels = useLabels()
  if (!rows.length) return <Empty description={say('application.no_extra_checks')} />
  return (
    <Table<Check>
      size="small"
      rowKey="extra_check"
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: labels.field('extra_check'), render: (_, row) => labels.enumText('ExtraCheckKind', row.extra_check) },
        { title: labels.field('check_cause'), render: (_, row) => labels.enumText('CheckCause', row.check_cause) },
        { title: labels.field('extra_check_state'), render: (_, row) => <StateTag name="ExtraCheckState" value={row.extra_check_state} /> },
        { title: labels.field('note'), dataIndex: 'note' },
        { title: labels.field('checked_by'), dataIndex: 'checked_by' },
        { title: labels.field('checked_at'), render: (_, row) => <Value kind="datetime" value={row.checked_at} /> },
        {
          key: 'act',
          render: (_, row) => (
            <CommandButton
              command="extra_check_record"
              actions={row.actions}
              isLink
              fixed={{ application_id: id, extra_check: row.extra_check }}
            />
          ),
        },
      ]}
    />
  )
}

/** On which devices the case was written and signed, each as its own page told it. */
function Devices({ rows }: { rows: Device[] }) {
  const labels = useLabels()
  return (
    <Table<Device>
      size="small"
      title={() => <Typography.Text strong>{labels.field('device_sessions')}</Typography.Text>}
      rowKey={(row) => `${row.device_holder} ${row.device_tail}`}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: labels.field('device_holder'), render: (_, row) => labels.enumText('DeviceHolder', row.device_holder) },
        { title: labels.field('device_tail'), dataIndex: 'device_tail' },
        { title: labels.field('ip'), dataIndex: 'ip' },
        { title: labels.field('device_traces'), render: (_, row) => row.device_traces.map((trace) => labels.enumText('DeviceTrace', trace)).join('、') },
        { title: labels.field('time_zone'), dataIndex: 'time_zone' },
        { title: labels.field('language'), dataIndex: 'language' },
        { title: labels.field('device_place'), dataIndex: 'device_place' },
        { title: labels.field('told_at'), render: (_, row) => <Value kind="datetime" value={row.told_at} /> },
      ]}
    />
  )
}

const COUNTS = ['focuses', 'keys', 'deletions', 'edits', 'pastes', 'after_error', 'dwell_seconds'] as const
const COURSE = ['jumps_back', 'switches', 'away_seconds', 'strokes', 'pauses'] as const

/** Counts and times of each field: nobody sees what was typed and taken back, because it was never kept. */
function Recorded({ record }: { record: FormRecord }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Flex vertical gap="small">
      <Space wrap>
        <Typography.Text strong>{labels.field('form_record')}</Typography.Text>
        <span>{labels.field('form_seconds')} {record.form_seconds}</span>
        <span>{labels.field('form_sessions')} {record.form_sessions}</span>
        <Typography.Text type="secondary">{say('application.form_agreed', { name: record.agreed_by })}</Typography.Text>
        {!record.is_whole && <Typography.Text type="warning">{say('application.form_partly')}</Typography.Text>}
      </Space>
      {record.form_course && <Course course={record.form_course} />}
      <Table
        size="small"
        rowKey="form_field"
        dataSource={record.field_records}
        pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: labels.field('form_field'), render: (_, row) => labels.field(row.form_field.split('.').at(-1) ?? row.form_field) },
          ...COUNTS.map((key) => ({ key, title: labels.field(key), dataIndex: key, align: 'right' as const })),
        ]}
      />
    </Flex>
  )
}

/** How the whole form was gone through, in counts. */
function Course({ course }: { course: FormCourse }) {
  const labels = useLabels()
  return (
    <Space wrap>
      {COURSE.map((key) => (
        <span key={key}>
          {labels.field(key)} {course[key]}
        </span>
      ))}
      {course.straightness !== null && (
        <span>
          {labels.field('straightness')} <Value kind="rate" value={course.straightness} />
        </span>
      )}
    </Space>
  )
}
