import { Flex, Typography } from 'antd'
import { Link } from 'react-router'
import { useReportMeta, useReportPage, useReportSummary } from '../../api/reports'
import { useWords } from '../../i18n/words'
import { useLedgerQuery } from '../../ledger/useLedgerQuery'
import { ReportTable } from '../report/ReportTable'

const REPORT = 'source_days'

/** How every source answered on the last day of the board; the report has the other days. */
export function SourcesOfDay({ on }: { on: string }) {
  const say = useWords()
  const query = useLedgerQuery(false)
  const asked = { since: on, until: on }
  const { data: meta } = useReportMeta(REPORT)
  const page = useReportPage(REPORT, { ...asked, page: query.page, page_size: query.pageSize })
  const summary = useReportSummary(REPORT, asked)
  if (!meta) return null
  return (
    <Flex vertical gap="small">
      <Flex justify="space-between" align="baseline">
        <Typography.Title level={5} style={{ margin: 0 }}>{meta.title}</Typography.Title>
        <Link to={`/report/reports/${REPORT}`}>{say('risk.other_days')}</Link>
      </Flex>
      <ReportTable meta={meta} page={page.data} isLoading={page.isFetching} summary={summary.data} query={query} />
    </Flex>
  )
}
