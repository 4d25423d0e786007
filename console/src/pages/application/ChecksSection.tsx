import { Card, Descriptions, Segmented, Space, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'
import type { CaseCheck, CaseDecision } from './case'

const SETTLED = new Set<CaseCheck['check_status']>(['pass', 'not_applicable'])
const ORDER: CaseCheck['check_status'][] = ['fail', 'warn', 'no_answer', 'no_data', 'pass', 'not_applicable']

/** The named checks of the latest decision: what each found, in words, with its evidence; what was not checked, too. */
export function ChecksSection({ decisions }: { decisions: CaseDecision[] }) {
  const say = useWords()
  const labels = useLabels()
  const [shown, setShown] = useState<'open' | 'all'>('open')
  const checks = decisions.toSorted((one, other) => other.record_id - one.record_id)[0]?.checks ?? []
  if (!checks.length) return null
  const rows = checks
    .filter(({ check_status: status }) => shown === 'all' || !SETTLED.has(status))
    .toSorted((one, other) => ORDER.indexOf(one.check_status) - ORDER.indexOf(other.check_status))
  return (
    <Card
      variant="borderless"
      title={say('application.checks')}
      extra={
        <Segmented
          value={shown}
          onChange={setShown}
          options={[
            { value: 'open', label: say('application.checks_open') },
            { value: 'all', label: say('application.checks_all', { count: checks.length }) },
          ]}
        />
      }
    >
      <Space wrap style={{ marginBottom: 12 }}>
        {ORDER.map((status) => (
          <span key={status}>
            <StateTag name="CheckStatus" value={status} />
            {checks.filter((check) => check.check_status === status).length}
          </span>
        ))}
      </Space>
      <Table<CaseCheck>
        size="small"
        rowKey="code"
        dataSource={rows}
        pagination={{ pageSize: 15, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: labels.field('code'), dataIndex: 'code', width: 72 },
          { title: labels.field('check_name'), render: (_, check) => <Name check={check} /> },
          { title: labels.field('check_status'), render: (_, check) => <StateTag name="CheckStatus" value={check.check_status} /> },
          { title: labels.field('says'), dataIndex: 'says' },
        ]}
        expandable={{ rowExpandable: ({ evidence }) => evidence.length > 0, expandedRowRender: (check) => <Evidence check={check} /> }}
      />
    </Card>
  )
}

function Name({ check }: { check: CaseCheck }) {
  const labels = useLabels()
  return (
    <Space size={4}>
      <Typography.Text>{check.check_name}</Typography.Text>
      {check.is_cross && <Tag>{labels.field('is_cross')}</Tag>}
    </Space>
  )
}

function Evidence({ check }: { check: CaseCheck }) {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, xl: 4 }}
      items={check.evidence.map(({ name, label, value }) => ({ key: name, label, children: value }))}
    />
  )
}
