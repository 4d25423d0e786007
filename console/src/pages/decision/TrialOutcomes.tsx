import { Alert, Card, Flex, Table } from 'antd'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'
import type { Trial } from './decision'

/** How the cases of a trial came out: on both sides of a challenger, or what a shadow said beside what was answered. */
export default function TrialOutcomes({ trial }: { trial: Trial }) {
  const say = useWords()
  const labels = useLabels()
  const isShadow = trial.trial_kind === 'shadow'
  return (
    <Flex vertical gap="middle">
      {isShadow && <Alert type="info" showIcon title={say('strategy.shadow_hint')} />}
      <Card size="small" title={labels.field('trial_outcomes')}>
        <Table<Trial['trial_outcomes'][number]>
          size="small"
          rowKey={({ trial_side, outcome }) => trial_side + outcome}
          dataSource={trial.trial_outcomes}
          pagination={false}
          columns={[
            {
              title: isShadow ? say('backtest.then') : labels.field('trial_side'),
              render: (_, { trial_side }) =>
                isShadow ? <StateTag name="DecisionOutcome" value={trial_side} /> : labels.enumText('TrialSide', trial_side),
            },
            { title: labels.field('outcome'), render: (_, { outcome }) => <StateTag name="DecisionOutcome" value={outcome} /> },
            { title: say('backtest.cases'), dataIndex: 'cases', align: 'right' },
          ]}
        />
      </Card>
    </Flex>
  )
}
