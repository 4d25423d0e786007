import { Card, Progress, Table } from 'antd'
import { StateTag } from '../../components/StateTag'
import { Value } from '../../components/Value'
import { showDateTime } from '../../format/date'
import { CommandButton } from '../../form/CommandButton'
import { useLabels, useWords } from '../../i18n/words'
import type { Condition, Disbursement } from './disbursement'

/** The conditions precedent; a manual one is confirmed in its row. */
export default function Checklist({ disbursement }: { disbursement: Disbursement }) {
  const labels = useLabels()
  const { conditions } = disbursement
  return (
    <Card variant="borderless" title={labels.field('conditions')} extra={<Met conditions={conditions} />}>
      <Table<Condition>
        size="small"
        rowKey="code"
        dataSource={conditions}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: labels.field('condition_title'), dataIndex: 'condition_title' },
          { title: labels.field('kind'), render: (_, row) => labels.enumText('ConditionKind', row.kind) },
          { title: labels.field('state'), render: (_, row) => <StateTag name="ConditionState" value={row.state} /> },
          { title: labels.field('finding'), render: (_, row) => [row.finding, row.note].filter(Boolean).join(' · ') || '-' },
          { title: labels.field('file'), render: (_, row) => <Value kind="path" value={row.file} /> },
          { title: labels.field('settled_by_name'), render: (_, row) => `${row.settled_by_name} ${showDateTime(row.settled_at)}` },
          { key: 'confirm', render: (_, row) => <Confirm disbursement={disbursement} condition={row} /> },
        ]}
      />
    </Card>
  )
}

function Confirm({ disbursement, condition }: { disbursement: Disbursement; condition: Condition }) {
  if (condition.kind !== 'manual') return null
  const only = condition.needs_document ? ['is_met', 'file_id', 'note'] : ['is_met', 'note']
  return (
    <CommandButton
      isLink
      command="condition_confirm"
      actions={disbursement.actions}
      values={{ is_met: true }}
      fixed={{ disbursement_id: disbursement.id, code: condition.code }}
      only={only}
    />
  )
}

function Met({ conditions }: { conditions: Condition[] }) {
  const say = useWords()
  const met = conditions.filter(({ state }) => state === 'satisfied').length
  const percent = conditions.length ? (met / conditions.length) * 100 : 0
  return <Progress size="small" percent={percent} style={{ width: 200 }} format={() => say('disbursement.met', { met, all: conditions.length })} />
}
