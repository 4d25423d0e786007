import { Flex, Statistic, Table, Tag, Typography } from 'antd'
import { showRate } from '../../format/rate'
import { useLabels, useWords } from '../../i18n/words'
import type { ScoreGiven } from './decision'

/** The score that a scorecard gave: which version, the points of each characteristic, the reasons for what was lost. */
export function ScoreParts({ score }: { score: ScoreGiven }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Flex vertical gap="small">
      <Typography.Title level={5} style={{ margin: 0 }}>
        {say('decision.score_parts')}{' '}
        <Typography.Text type="secondary">
          {say('decision.scorecard', { scorecard: score.scorecard, no: score.scorecard_version_no })}
        </Typography.Text>
      </Typography.Title>
      <Flex gap="large" wrap>
        <Statistic title={labels.field('score')} value={score.points} />
        <Statistic title={labels.field('default_rate')} value={showRate(score.default_rate)} />
      </Flex>
      {score.reason_codes.length > 0 && (
        <span>
          <Typography.Text type="secondary">{labels.field('reason_codes')} </Typography.Text>
          {score.reason_codes.map((code) => (
            <Tag key={code}>
              {code} {labels.enumText('ReasonCode', code)}
            </Tag>
          ))}
        </span>
      )}
      <Table<ScoreGiven['parts'][number]>
        size="small"
        rowKey="name"
        dataSource={score.parts}
        pagination={false}
        columns={[
          { title: say('scorecard.characteristic'), dataIndex: 'label' },
          { title: say('scorecard.value'), dataIndex: 'value' },
          { title: say('scorecard.points'), dataIndex: 'points', align: 'right' },
          { title: say('scorecard.lost'), dataIndex: 'lost_points', align: 'right' },
        ]}
      />
    </Flex>
  )
}
