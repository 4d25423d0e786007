import { useQuery } from '@tanstack/react-query'
import { Card, Col, Empty, Flex, Row, Typography } from 'antd'
import { useReportMeta, type ReportMeta } from '../../api/reports'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { useLabels, useWords } from '../../i18n/words'
import type { Params } from '../../ledger/filters'
import { Ledger } from '../../ledger/Ledger'
import { Questions } from '../../ledger/Questions'
import { filtersOf, useLedgerQuery } from '../../ledger/useLedgerQuery'
import { BoardCard } from '../workbench/BoardCard'
import { BoardChart } from '../workbench/BoardChart'
import { SourcesOfDay } from './SourcesOfDay'

type Board = components['schemas']['RiskBoardOut']

/** It is asked the same as the report of its days. */
const ASKED_AS = 'decision_days'

/** How decisions, scores, sources and vintages behave, and the alerts that follow from it. */
export default function RiskBoard() {
  const { data: meta, error, refetch } = useReportMeta(ASKED_AS)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return meta ? <BoardOf meta={meta} /> : <Loading />
}

function BoardOf({ meta }: { meta: ReportMeta }) {
  const say = useWords()
  const labels = useLabels()
  const query = useLedgerQuery(true)
  const asked = filtersOf(query.params)
  const { data, error, refetch } = useBoard(asked)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Flex vertical gap="middle">
      <Card variant="borderless" size="small">
        <Typography.Text type="secondary">{say('risk.span', { since: data.since, until: data.until })}</Typography.Text>
        <Questions meta={meta} asked={asked} onAsk={query.setFilters} />
      </Card>
      <Row gutter={[16, 16]}>
        {data.cards.map((card) => (
          <Col key={card.key} xs={12} md={6}>
            <BoardCard card={card} />
          </Col>
        ))}
      </Row>
      <Card variant="borderless" title={say('risk.alerts')}>
        <Ledger listing="risk_alerts" fixed={{ alert_state: 'open,acknowledged' }} isEmbedded />
      </Card>
      <Row gutter={[16, 16]}>
        {data.charts.map((chart) => (
          <Col key={chart.key} xs={24} xl={12}>
            <Card variant="borderless" title={labels.field(chart.key)} style={{ height: '100%' }}>
              {chart.labels.length ? <BoardChart chart={chart} /> : <Empty description={say('workbench.no_data')} />}
            </Card>
          </Col>
        ))}
      </Row>
      <SourcesOfDay on={data.until} />
    </Flex>
  )
}

function useBoard(asked: Params) {
  return useQuery({
    queryKey: ['risk-board', asked],
    queryFn: ({ signal }) => get<Board>('/risk-board', asked, signal),
    placeholderData: (previous) => previous,
  })
}
