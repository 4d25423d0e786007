import { Card, Collapse, Empty, Space, Typography } from 'antd'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'
import { LinkedValue } from '../../routes/links'
import type { Decision } from '../decision/decision'
import { Reasons } from '../decision/Reasons'
import type { CaseDecision } from './case'
import { usePart } from './usePart'

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
            children: <Told decision={decision} />,
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

/** The rules that were hit, in words, the score with what made it, and what follows; read when it is opened. */
function Told({ decision }: { decision: CaseDecision }) {
  const { data, error } = usePart<Decision>(`/decisions/${decision.record_id}`)
  if (error) return <Failure error={error} />
  return data ? <Reasons answer={data} /> : <Loading />
}
