import { Card, Collapse, Empty, Flex, Space, Tag, Typography } from 'antd'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'
import { LinkedValue } from '../../routes/links'
import type { CaseDecision } from './case'

/** Rules are known by their code; what could not be decided has only its sentence. */
const RULE_CODE = /^[A-Z]\d+$/

/** What the strategy said, in words; the latest answer is open. */
export function DecisionSection({ decisions }: { decisions: CaseDecision[] }) {
  const say = useWords()
  const latest = decisions.toSorted((one, other) => other.record_id - one.record_id)
  return (
    <Card variant="borderless" title={say('application.decision')}>
      {!latest.length && <Empty description={say('application.no_decision')} />}
      {latest.length > 0 && (
        <Collapse
          ghost
          defaultActiveKey={[latest[0]?.record_id ?? 0]}
          items={latest.map((decision) => ({
            key: decision.record_id,
            label: <Heading decision={decision} />,
            children: <Reasons decision={decision} />,
          }))}
        />
      )}
    </Card>
  )
}

function Heading({ decision }: { decision: CaseDecision }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Space wrap>
      <StateTag name="DecisionOutcome" value={decision.outcome} />
      {decision.score !== null && (
        <Typography.Text strong>
          {labels.field('score')} {decision.score}
        </Typography.Text>
      )}
      <span>{decision.decided_on}</span>
      <LinkedValue name="record_no" data={{ ...decision }}>
        {decision.record_no}
      </LinkedValue>
      <Typography.Text type="secondary">
        {decision.strategy_name} {say('application.strategy_version', { no: decision.strategy_version_no ?? '-' })}
      </Typography.Text>
    </Space>
  )
}

function Reasons({ decision }: { decision: CaseDecision }) {
  const say = useWords()
  if (!decision.reasons.length) return <Typography.Text type="secondary">{say('application.no_reasons')}</Typography.Text>
  return (
    <Flex vertical gap="small">
      {decision.reasons.map((reason) => (
        <div key={reason.code}>
          <StateTag name="RuleSeverity" value={reason.severity} /> {reason.text} {RULE_CODE.test(reason.code) && <Tag>{reason.code}</Tag>}
        </div>
      ))}
    </Flex>
  )
}
