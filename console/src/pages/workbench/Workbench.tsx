import { useQuery } from '@tanstack/react-query'
import { Card, Col, Empty, Flex, Row, Typography } from 'antd'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { useLabels, useWords } from '../../i18n/words'
import { BoardCard } from './BoardCard'
import { BoardChart } from './BoardChart'
import type { Board } from './board'
import { MyTasks } from './MyTasks'

const REFRESH_MS = 60_000

/** The start page: the figures, charts and tasks that the server gives this person. */
export default function Workbench() {
  const say = useWords()
  const labels = useLabels()
  const { data, error, refetch } = useQuery({
    queryKey: ['workbench'],
    queryFn: ({ signal }) => get<Board>('/workbench', undefined, signal),
    refetchInterval: REFRESH_MS,
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">{say('workbench.business_date', { date: data.business_date })}</Typography.Text>
      <Row gutter={[16, 16]}>
        {data.cards.map((card) => (
          <Col key={card.key} xs={12} md={8} xl={4}>
            <BoardCard card={card} />
          </Col>
        ))}
      </Row>
      <Row gutter={[16, 16]}>
        <Col xs={24} xl={12}>
          <Card variant="borderless" title={labels.field('my_tasks')} style={{ height: '100%' }}>
            <MyTasks tasks={data.my_tasks} />
          </Card>
        </Col>
        {data.charts.map((chart) => (
          <Col key={chart.key} xs={24} xl={12}>
            <Card variant="borderless" title={labels.field(chart.key)} style={{ height: '100%' }}>
              {chart.labels.length ? <BoardChart chart={chart} /> : <Empty description={say('workbench.no_data')} />}
            </Card>
          </Col>
        ))}
      </Row>
    </Flex>
  )
}
