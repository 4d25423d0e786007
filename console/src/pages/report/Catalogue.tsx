import { Card, Col, Empty, Flex, Input, List, Row } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useReportCatalogue } from '../../api/reports'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { useLabels, useWords } from '../../i18n/words'

/** Every report that this person may see, by kind. */
export default function Catalogue() {
  const say = useWords()
  const labels = useLabels()
  const [term, setTerm] = useState('')
  const { data, error, refetch } = useReportCatalogue()
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const wanted = term.trim().toLowerCase()
  const shelves = data.shelves
    .map(({ shelf, reports }) => ({ shelf, reports: reports.filter(({ title, purpose }) => `${title} ${purpose}`.toLowerCase().includes(wanted)) }))
    .filter(({ reports }) => reports.length)
  return (
    <Flex vertical gap="middle">
      <Input.Search allowClear placeholder={say('report.find')} value={term} onChange={(event) => setTerm(event.target.value)} style={{ maxWidth: 360 }} />
      {!shelves.length && <Empty description={say('report.none')} />}
      <Row gutter={[16, 16]}>
        {shelves.map(({ shelf, reports }) => (
          <Col key={shelf} xs={24} lg={12}>
            <Card variant="borderless" title={labels.enumText('ReportShelf', shelf)} style={{ height: '100%' }}>
              <List
                size="small"
                dataSource={reports}
                renderItem={({ name, title, purpose }) => (
                  <List.Item>
                    <List.Item.Meta title={<Link to={`/report/reports/${name}`}>{title}</Link>} description={purpose} />
                  </List.Item>
                )}
              />
            </Card>
          </Col>
        ))}
      </Row>
    </Flex>
  )
}
