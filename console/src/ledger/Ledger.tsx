import { ProTable } from '@ant-design/pro-components'
import type { ReactNode } from 'react'
import { useListing, useListingMeta, useListingSummary, type ListingMeta, type Row } from '../api/lists'
import { Failure } from '../components/Failure'
import { Loading } from '../components/Loading'
import { useLabels, useWords } from '../i18n/words'
import { sortOf, tableColumns } from './columns'
import { ExportButton } from './ExportButton'
import { FilterTabs } from './FilterTabs'
import type { Params } from './filters'
import { LedgerSearch } from './LedgerSearch'
import { RowActions } from './RowActions'
import { SavedFilters } from './SavedFilters'
import { ToolbarCommand } from './ToolbarCommand'
import { Totals } from './Totals'
import { filtersOf, useLedgerQuery } from './useLedgerQuery'

export interface LedgerProps {
  listing: string
  /** Filters that the page sets and the person cannot change, such as the customer whose loans these are. */
  fixed?: Params
  /** A list inside a detail keeps its state to itself instead of in the address, and has no search form. */
  isEmbedded?: boolean
  /** Commands above the list besides the listing's own. */
  toolbar?: ReactNode
}

/** A list of the system: everything in it comes from the listing's description on the server. */
export function Ledger({ listing, ...props }: LedgerProps) {
  const { data: meta, error, refetch } = useListingMeta(listing)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  return meta ? <LedgerTable key={listing} meta={meta} {...props} /> : <Loading />
}

type LedgerTableProps = Omit<LedgerProps, 'listing'> & { meta: ListingMeta }

function LedgerTable({ meta, fixed = {}, isEmbedded = false, toolbar }: LedgerTableProps) {
  const labels = useLabels()
  const say = useWords()
  const query = useLedgerQuery(!isEmbedded)
  const chosen = { ...filtersOf(query.params), ...fixed }
  const { data, error, isFetching, refetch } = useListing(meta.name, { ...query.params, ...fixed })
  const isCut = data?.is_exact === false
  const { data: whole } = useListingSummary(meta.name, chosen, isCut)
  const sums = isCut ? whole?.totals : data?.totals
  const totals = sums && Object.keys(sums).length ? sums : null
  const countAll = (reached: number) => {
    if (!isCut) return say('ledger.total', { total: reached })
    return whole ? say('ledger.total_cut', { total: whole.total, reached }) : say('ledger.total_over', { reached })
  }
  const columns = [...tableColumns(meta, labels, query.sort), ...actionColumn(data?.items ?? [], say('ledger.actions'))]
  return (
    <>
      {!isEmbedded && <LedgerSearch meta={meta} fixed={fixed} params={filtersOf(query.params)} onSearch={query.setFilters} />}
      {error ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <ProTable<Row>
          rowKey="id"
          size={isEmbedded ? 'small' : 'middle'}
          headerTitle={isEmbedded ? undefined : labels.listing(meta.name)}
          tableExtraRender={() => isEmbedded ? null : <FilterTabs meta={meta} params={filtersOf(query.params)} onPick={query.setFilters} />}
          columns={columns}
          dataSource={data?.items ?? []}
          loading={isFetching}
          search={false}
          cardProps={isEmbedded ? { ghost: true } : { variant: 'borderless' }}
          scroll={{ x: 'max-content' }}
          columnsState={{ persistenceKey: `axle.columns.${meta.name}`, persistenceType: 'localStorage', defaultValue: hidden(meta) }}
          options={{ reload: () => void refetch(), density: true, setting: { draggable: true }, fullScreen: !isEmbedded }}
          toolBarRender={() => [
            ...meta.toolbar.map((command) => <ToolbarCommand key={command} command={command} values={fixed} />),
            toolbar,
            <SavedFilters key="saved" listing={meta.name} current={filtersOf(query.params)} onPick={query.setFilters} />,
            <ExportButton key="export" listing={meta.name} params={{ ...chosen, ...(query.sort ? { sort: query.sort } : {}) }} />,
          ]}
          pagination={{
            current: query.page,
            pageSize: query.pageSize,
            total: data?.total ?? 0,
            showSizeChanger: true,
            pageSizeOptions: [20, 50, 100, 200],
            showTotal: countAll,
          }}
          onChange={(page, _, sorter) => {
            const { columnKey, order } = Array.isArray(sorter) ? (sorter[0] ?? {}) : sorter
            query.setPaging(page.current ?? 1, page.pageSize ?? query.pageSize, sortOf(columnKey, order))
          }}
          {...(totals ? { footer: () => <Totals totals={totals} meta={meta} /> } : {})}
        />
      )}
    </>
  )
}

function hidden(meta: ListingMeta) {
  return Object.fromEntries(meta.columns.filter((column) => column.hidden).map((column) => [column.key, { show: false }]))
}

/** Not there at all while no row shown has anything that can be done with it. */
function actionColumn(rows: Row[], title: string) {
  if (!rows.some(({ actions }) => actions.length)) return []
  return [{ key: 'row-actions', title, fixed: 'right' as const, render: (_: unknown, row: Row) => <RowActions row={row} /> }]
}
