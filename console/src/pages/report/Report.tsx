import { Card, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useReportMeta, useReportPage, useReportSummary, type ReportMeta } from '../../api/reports'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { Questions } from '../../ledger/Questions'
import { filtersOf, useLedgerQuery, type LedgerQuery } from '../../ledger/useLedgerQuery'
import { ReportChart } from './ReportChart'
import { ReportChecks } from './ReportChecks'
import { ReportFiles } from './ReportFiles'
import { ReportTable } from './ReportTable'

/** One report, drawn from its description on the server: what it is asked by, its rows, sums, checks and chart. */
export default function Report() {
  const { name = '' } = useParams()
  const { data: meta, error, refetch } = useReportMeta(name)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return meta ? <ReportOf key={name} meta={meta} /> : <Loading />
}

/** How many rows a page has: what the person asked for, else what suits the report. */
function pageSizeOf(meta: ReportMeta, query: LedgerQuery): number {
  return query.params.page_size ? query.pageSize : meta.page_size
}

function ReportOf({ meta }: { meta: ReportMeta }) {
  const query = useLedgerQuery(true)
  const asked = filtersOf(query.params)
  const [group, setGroup] = useState(meta.chart?.group ?? meta.groups[0])
  const page = useReportPage(meta.name, { ...asked, page: query.page, page_size: pageSizeOf(meta, query) })
  const summary = useReportSummary(meta.name, { ...asked, ...(group ? { group } : {}) })
  return (
    <Flex vertical gap="middle">
      <Card variant="borderless" size="small">
        <Flex justify="space-between" align="start" gap="middle" wrap>
          <div>
            <Typography.Title level={4} style={{ margin: 0 }}>{meta.title}</Typography.Title>
            <Typography.Text type="secondary">{meta.purpose}</Typography.Text>
          </div>
          <ReportFiles report={meta.name} asked={asked} />
        </Flex>
        <Questions meta={meta} asked={asked} onAsk={query.setFilters} />
      </Card>
      {page.error ? (
        <Failure error={page.error} onRetry={() => void page.refetch()} />
      ) : (
        <>
          {summary.data && <ReportChecks checks={summary.data.checks} />}
          {group && meta.chart && summary.data && (
            <ReportChart meta={meta} groups={summary.data.groups} group={group} onGroup={setGroup} />
          )}
          <ReportTable meta={meta} page={page.data} isLoading={page.isFetching} summary={summary.data} query={{ ...query, pageSize: pageSizeOf(meta, query) }} />
        </>
      )}
    </Flex>
  )
}
