import { useQueryClient } from '@tanstack/react-query'
import { Alert, Card, Col, Flex, Row, Statistic, Table, Tag, Typography } from 'antd'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { StateTag } from '../../components/StateTag'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import type { Calibration, Preview } from './calibration'

const ASK_AGAIN_MS = 3000

/** What a calibration would have done to past cases; a trial that still runs is asked for again. */
export default function CalibrationPreview({ calibration }: { calibration: Calibration }) {
  const say = useWords()
  const queries = useQueryClient()
  const isRunning = calibration.calibration_state === 'previewing'
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['detail'] }), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isRunning, queries])
  if (isRunning) return <Alert type="info" showIcon title={say('calibration.running')} />
  if (!calibration.preview) return <Alert type="warning" showIcon title={say('calibration.not_tried')} />
  return <Figures preview={calibration.preview} />
}

function Figures({ preview }: { preview: Preview }) {
  const say = useWords()
  const labels = useLabels()
  const figures = ['cases', 'untouched', 'changed', 'skipped'] as const
  return (
    <Card size="small" title={say('calibration.preview')} extra={say('calibration.seconds', { seconds: preview.seconds })}>
      <Flex vertical gap="middle">
        <Row gutter={16}>
          {figures.map((key) => (
            <Col key={key} xs={12} md={4}>
              <Statistic title={key === 'cases' ? say('calibration.cases') : labels.field(key)} value={preview[key]} />
            </Col>
          ))}
          <Col xs={12} md={4}>
            <Statistic title={labels.field('limits_before')} value={showYuan(preview.limits_before)} />
          </Col>
          <Col xs={12} md={4}>
            <Statistic title={labels.field('limits_after')} value={showYuan(preview.limits_after)} />
          </Col>
        </Row>
        {preview.moves.map(({ before, after, cases }) => (
          <span key={before + after}>
            <StateTag name="DecisionOutcome" value={before} /> → <StateTag name="DecisionOutcome" value={after} /> {cases}
          </span>
        ))}
        <Counted title={labels.field('rules_new')} counts={preview.rules_new} />
        <Counted title={labels.field('rules_gone')} counts={preview.rules_gone} />
        <Counted title={labels.field('scenarios')} counts={preview.scenarios} />
        {preview.examples.length > 0 && <Examples examples={preview.examples} />}
      </Flex>
    </Card>
  )
}

function Counted({ title, counts }: { title: string; counts: Record<string, number> }) {
  const entries = Object.entries(counts)
  if (!entries.length) return null
  return (
    <span>
      <Typography.Text type="secondary">{title} </Typography.Text>
      {entries.map(([code, count]) => (
        <Tag key={code}>
          {code} {count}
        </Tag>
      ))}
    </span>
  )
}

function Examples({ examples }: { examples: Preview['examples'] }) {
  const labels = useLabels()
  return (
    <Table
      size="small"
      rowKey="record_id"
      dataSource={examples}
      pagination={{ pageSize: 10 }}
      columns={[
        { title: labels.field('record_no'), render: (_, { record_id, record_no }) => <Link to={`/risk/decisions/${record_id}`}>{record_no}</Link> },
        { title: labels.field('value_before'), render: (_, { before }) => <StateTag name="DecisionOutcome" value={before} /> },
        { title: labels.field('value_after'), render: (_, { after }) => <StateTag name="DecisionOutcome" value={after} /> },
        { title: labels.field('rules_new'), render: (_, { rules_new }) => rules_new.join(', ') },
        { title: labels.field('rules_gone'), render: (_, { rules_gone }) => rules_gone.join(', ') },
      ]}
    />
  )
}
