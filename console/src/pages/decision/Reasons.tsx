import { Alert, Descriptions, Flex, Tag, Typography } from 'antd'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'
import type { DecisionAnswer } from './decision'
import { ScoreParts } from './ScoreParts'

const RULE_CODE = /^[A-Z]\d+$/

/** An answer in words: which rules were hit, how the score came about, what price and limits follow. */
export function Reasons({ answer }: { answer: DecisionAnswer }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Flex vertical gap="middle">
      <Typography.Title level={5} style={{ margin: 0 }}>
        {say('decision.why')}
      </Typography.Title>
      {!answer.reasons.length && <Alert type="success" showIcon title={say('decision.nothing_hit')} />}
      {answer.reasons.map((reason, index) => (
        <div key={index}>
          <StateTag name="RuleSeverity" value={reason.rule_severity} /> {reason.text}{' '}
          {RULE_CODE.test(reason.code) && <Tag>{reason.code}</Tag>}
          <Typography.Text type="secondary">{labels.enumText('ReasonCode', reason.reason_code)}</Typography.Text>
        </div>
      ))}
      {answer.score_given && <ScoreParts score={answer.score_given} />}
      {!answer.score_given && answer.contributions.length > 0 && (
        <>
          <Typography.Title level={5} style={{ margin: 0 }}>
            {say('decision.score_parts')}
          </Typography.Title>
          <Flex wrap gap={4}>
            {answer.contributions.map((line) => (
              <Tag key={line}>{line}</Tag>
            ))}
          </Flex>
        </>
      )}
      {answer.results.length > 0 && (
        <Descriptions
          size="small"
          title={say('decision.results')}
          items={answer.results.map(({ name, label, value }) => ({ key: name, label, children: value }))}
        />
      )}
    </Flex>
  )
}
