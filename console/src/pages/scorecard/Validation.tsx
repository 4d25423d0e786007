import { Alert, Col, Flex, Row, Table, Typography } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import { Loading } from '../../components/Loading'
import type { Data } from '../../detail/spec'
import { useLanguage, useWords, type Say } from '../../i18n/words'
import type { Band, FairnessRow, Report } from './scorecard'

const Chart = lazy(() => import('../../components/Chart'))
const percent = (share: number | null) => (share == null ? '-' : `${(100 * share).toFixed(2)} %`)

/** How far the score can be trusted: separation, calibration, stability, fairness, and the challenger beside it. */
export default function Validation({ version }: { version: Data }) {
  const say = useWords()
  const report = version.report as Report
  return (
    <Flex vertical gap="large">
      <Sample report={report} />
      <Measures report={report} />
      <Charts report={report} />
      <Fairness report={report} />
      {!report.challenger && <Alert type="info" showIcon title={say('scorecard.no_challenger')} />}
    </Flex>
  )
}

function Sample({ report: { sample } }: { report: Report }) {
  const say = useWords()
  const left = Object.entries(sample.left_out as Record<string, number>).map(([column, count]) => `${column} ${count}`)
  return (
    <Typography.Text type="secondary">
      {say('scorecard.sample', { rows: sample.rows, train: sample.train, holdout: sample.holdout, bad: percent(sample.bad_rate) })}
      {left.length > 0 && ` ${say('scorecard.left_out')}: ${left.join(', ')}.`} {say('scorecard.split')}: {sample.split}
    </Typography.Text>
  )
}

interface Line {
  name: string
  auc: number
  gini: number
  ks: number
  brier: number
}

function Measures({ report }: { report: Report }) {
  const say = useWords()
  const { train, holdout, challenger, stability } = report
  const lines: Line[] = [
    { ...train, name: say('scorecard.train') },
    { ...holdout, name: say('scorecard.holdout') },
    ...(challenger
      ? [
          { ...challenger.train, name: `${challenger.library}, ${say('scorecard.train')}` },
          { ...challenger.holdout, name: `${challenger.library}, ${say('scorecard.holdout')}` },
        ]
      : []),
  ]
  const figure = (value: number) => value.toFixed(4)
  return (
    <div>
      <Typography.Title level={5}>{say('scorecard.separation')}</Typography.Title>
      <Table<Line>
        size="small"
        rowKey="name"
        dataSource={lines}
        pagination={false}
        columns={[
          { title: '', dataIndex: 'name' },
          ...(['auc', 'gini', 'ks', 'brier'] as const).map((key) => ({
            title: { auc: 'AUC', gini: 'Gini', ks: 'KS', brier: 'Brier' }[key], dataIndex: key, align: 'right' as const, render: figure,
          })),
        ]}
      />
      <Typography.Text type="secondary">
        {say('scorecard.stability', { psi: figure(stability.score) })}{' '}
        {challenger && `${say('scorecard.gains')}: ${challenger.gains.map(({ name, share }) => `${name} ${percent(share)}`).join(', ')}`}
      </Typography.Text>
    </div>
  )
}

function Charts({ report }: { report: Report }) {
  const say = useWords()
  const [calibration, curve] = useMemo(() => [calibrationOf(report.bands, say), curveOf(report, say)], [report, say])
  return (
    <Row gutter={16}>
      <Col xs={24} xl={12}>
        <Typography.Title level={5}>{say('scorecard.calibration')}</Typography.Title>
        <Suspense fallback={<Loading />}>
          <Chart option={calibration} label={say('scorecard.calibration')} />
        </Suspense>
      </Col>
      <Col xs={24} xl={12}>
        <Typography.Title level={5}>{say('scorecard.curve')}</Typography.Title>
        <Suspense fallback={<Loading />}>
          <Chart option={curve} label={say('scorecard.curve')} />
        </Suspense>
      </Col>
    </Row>
  )
}

const GRID = { left: 8, right: 16, top: 36, bottom: 8, containLabel: true }
const bandName = ({ from, below }: Band) => (from == null ? `< ${below ?? ''}` : below == null ? `≥ ${from}` : `${from}–${below - 1}`)
const inPercent = (share: number | null) => (share == null ? null : Number((100 * share).toFixed(2)))

function calibrationOf(bands: Band[], say: Say) {
  return {
    tooltip: { trigger: 'axis' as const },
    legend: { top: 0 },
    grid: GRID,
    xAxis: { type: 'category' as const, data: bands.map(bandName) },
    yAxis: { type: 'value' as const, axisLabel: { formatter: '{value} %' } },
    series: [
      { type: 'bar' as const, name: say('scorecard.observed'), data: bands.map(({ observed }) => inPercent(observed)), barMaxWidth: 28 },
      { type: 'line' as const, name: say('scorecard.predicted'), data: bands.map(({ predicted }) => inPercent(predicted)) },
    ],
  }
}

function curveOf({ curve }: Report, say: Say) {
  const line = (key: 'bad' | 'good') => ({
    type: 'line' as const, name: say(`scorecard.${key}`), data: curve.map((row) => inPercent(row[key])), showSymbol: false,
  })
  return {
    tooltip: { trigger: 'axis' as const },
    legend: { top: 0 },
    grid: GRID,
    xAxis: { type: 'category' as const, data: curve.map(({ share }) => `${Math.round(100 * share)} %`) },
    yAxis: { type: 'value' as const, max: 100, axisLabel: { formatter: '{value} %' } },
    series: [line('bad'), line('good')],
  }
}

function Fairness({ report }: { report: Report }) {
  const say = useWords()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  return report.fairness.map((group) => (
    <div key={group.column}>
      <Typography.Title level={5}>{say('scorecard.fairness', { group: group[side], cut: report.cut })}</Typography.Title>
      <Table<FairnessRow>
        size="small"
        rowKey={({ group: name }) => name ?? ''}
        dataSource={group.rows}
        pagination={false}
        columns={[
          { title: group[side], render: (_, row) => row.group ?? say('scorecard.missing') },
          { title: say('scorecard.cases'), dataIndex: 'count', align: 'right' },
          { title: say('scorecard.bad_share'), dataIndex: 'bad_rate', align: 'right', render: percent },
          { title: say('scorecard.approved'), dataIndex: 'approval_rate', align: 'right', render: percent },
          { title: say('scorecard.approval_ratio'), dataIndex: 'approval_ratio', align: 'right', render: percent },
          { title: 'AUC', dataIndex: 'auc', align: 'right', render: (auc: number | null) => auc?.toFixed(4) ?? '-' },
        ]}
      />
    </div>
  ))
}
