import { useQueryClient } from '@tanstack/react-query'
import { Card, Flex, Progress, Table, Typography } from 'antd'
import { useEffect } from 'react'
import { StateTag } from '../../components/StateTag'
import { showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { useLabels, useWords } from '../../i18n/words'
import type { BackTest, BackTestFigures } from './decision'

const ASK_AGAIN_MS = 3000

/** How far a back-test is, and what it found; one that still runs is asked for again. */
export default function BackTestResult({ backtest }: { backtest: BackTest }) {
  const say = useWords()
  const queries = useQueryClient()
  const isRunning = backtest.ended_at == null
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => void queries.invalidateQueries({ queryKey: ['detail'] }), ASK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isRunning, queries])
  if (backtest.backtest_figures) return <Figures figures={backtest.backtest_figures} />
  return (
    <Card size="small">
      {say('backtest.running', { done: backtest.done_count, all: backtest.case_count })}
      <Progress percent={Math.floor((100 * backtest.done_count) / backtest.case_count)} />
    </Card>
  )
}

function Figures({ figures }: { figures: BackTestFigures }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Card size="small" title={say('backtest.result')}>
      <Flex vertical gap="middle">
        <span>
          {say('backtest.cases')} {figures.cases - figures.skipped}{' '}
          <Typography.Text type="secondary">
            {labels.field('skipped')} {figures.skipped}
          </Typography.Text>
        </span>
        <Sides figures={figures} />
        <Flex gap="large" wrap aria-label={say('backtest.moves')}>
          {figures.moves.map(({ before, after, cases }) => (
            <span key={before + after}>
              <StateTag name="DecisionOutcome" value={before} /> → <StateTag name="DecisionOutcome" value={after} /> {cases}
            </span>
          ))}
        </Flex>
        <Table<BackTestFigures['rules'][number]>
          size="small"
          rowKey="code"
          dataSource={figures.rules}
          pagination={{ pageSize: 10 }}
          columns={[
            { title: say('backtest.rules'), dataIndex: 'code' },
            { title: say('backtest.then'), dataIndex: 'before', align: 'right' },
            { title: say('backtest.now'), dataIndex: 'after', align: 'right' },
          ]}
        />
      </Flex>
    </Card>
  )
}

function Sides({ figures: { before, after } }: { figures: BackTestFigures }) {
  const say = useWords()
  const rows = [
    { title: say('backtest.approved'), then: showRate(before.approved_rate), now: showRate(after.approved_rate) },
    { title: say('backtest.automatic'), then: showRate(before.automatic_rate), now: showRate(after.automatic_rate) },
    { title: say('backtest.declined'), then: showRate(before.declined_rate), now: showRate(after.declined_rate) },
    { title: say('backtest.loss'), then: showYuan(before.expected_loss), now: showYuan(after.expected_loss) },
    { title: say('backtest.losses_known'), then: before.losses_known, now: after.losses_known },
  ]
  return (
    <Table
      size="small"
      rowKey="title"
      dataSource={rows}
      pagination={false}
      columns={[
        { title: '', dataIndex: 'title' },
        { title: say('backtest.then'), dataIndex: 'then', align: 'right' },
        { title: say('backtest.now'), dataIndex: 'now', align: 'right' },
      ]}
    />
  )
}
