import { QuestionCircleOutlined } from '@ant-design/icons'
import { Card, Flex, Table, Tooltip } from 'antd'
import { Link } from 'react-router'
import type { ReportColumn, ReportMeta, ReportPage, ReportRow, ReportSummary } from '../../api/reports'
import { Value } from '../../components/Value'
import { useWords } from '../../i18n/words'
import type { Params } from '../../ledger/filters'
import { filtersOf, type LedgerQuery } from '../../ledger/useLedgerQuery'
import { fillPath } from '../../routes/path'

const REPORTS = '/report/reports/'
const TO_THE_RIGHT = ['money', 'rate', 'integer']

interface ReportTableProps {
  meta: ReportMeta
  page: ReportPage | undefined
  summary: ReportSummary | undefined
  isLoading: boolean
  query: LedgerQuery
}

/** The rows of a report with a last line of sums over all of them. */
export function ReportTable({ meta, page, summary, isLoading, query }: ReportTableProps) {
  const say = useWords()
  return (
    <Card variant="borderless">
      <Table<ReportRow>
        size="small"
        rowKey={(row) => meta.columns.map(({ key }) => row[key]).join('|')}
        loading={isLoading}
        dataSource={page?.items ?? []}
        scroll={{ x: 'max-content' }}
        columns={meta.columns.map((column, place) => ({
          key: column.key,
          title: <Heading column={column} />,
          align: TO_THE_RIGHT.includes(column.kind) ? ('right' as const) : ('left' as const),
          ...(place < 2 ? { fixed: 'left' as const } : {}),
          onCell: () => ({ style: { whiteSpace: 'nowrap' as const } }),
          render: (_: unknown, row: ReportRow) => <Cell column={column} row={row} asked={filtersOf(query.params)} />,
        }))}
        pagination={{
          current: query.page,
          pageSize: query.pageSize,
          total: page?.total ?? 0,
          showSizeChanger: true,
          pageSizeOptions: [20, 50, 100, 200],
          showTotal: () => say('ledger.total', { total: summary?.total ?? page?.total ?? 0 }),
          onChange: (current, size) => query.setPaging(current, size, undefined),
        }}
        {...(meta.totals.length && summary ? { summary: () => <Sums meta={meta} totals={summary.totals} /> } : {})}
      />
    </Card>
  )
}

/** A column's name; its meaning and formula on the question mark. */
function Heading({ column }: { column: ReportColumn }) {
  const say = useWords()
  if (!column.meaning) return <>{column.label}</>
  const help = (
    <>
      {column.meaning}
      {column.formula && <div>{say('report.formula', { formula: column.formula })}</div>}
    </>
  )
  return (
    <Flex gap={4} align="center" style={{ display: 'inline-flex', whiteSpace: 'nowrap' }}>
      {column.label}
      <Tooltip title={help}>
        <QuestionCircleOutlined aria-label={column.meaning} style={{ opacity: 0.35, fontSize: 12 }} />
      </Tooltip>
    </Flex>
  )
}

function Cell({ column, row, asked }: { column: ReportColumn; row: ReportRow; asked: Params }) {
  const value = <Value kind={column.kind} enum={column.enum ?? ''} value={row[column.key]} />
  const path = column.link && row[column.key] ? fillPath(column.link, row) : null
  const to = path?.startsWith(REPORTS) ? carrying(path, asked) : path
  return to ? <Link to={to}>{value}</Link> : value
}

/** A link to another report asks it the same, beside what the link itself asks. */
function carrying(path: string, asked: Params): string {
  const [page = '', own = ''] = path.split('?')
  return `${page}?${new URLSearchParams({ ...asked, ...Object.fromEntries(new URLSearchParams(own)) })}`
}

function Sums({ meta, totals }: { meta: ReportMeta; totals: ReportRow }) {
  const say = useWords()
  return (
    <Table.Summary fixed>
      <Table.Summary.Row>
        {meta.columns.map((column, place) => (
          <Table.Summary.Cell key={column.key} index={place} align={TO_THE_RIGHT.includes(column.kind) ? 'right' : 'left'}>
            <strong>{place === 0 ? say('ledger.sum') : totals[column.key] != null && <Value kind={column.kind} value={totals[column.key]} />}</strong>
          </Table.Summary.Cell>
        ))}
      </Table.Summary.Row>
    </Table.Summary>
  )
}
