import type { ProColumns } from '@ant-design/pro-components'
import type { ComponentProps } from 'react'
import { Link } from 'react-router'
import type { ListingColumn, ListingMeta, Row } from '../api/lists'
import { Value } from '../components/Value'
import type { Labels } from '../i18n/words'
import { fillPath } from '../routes/path'
import { isRegion } from '../regions/useCities'

const TO_THE_RIGHT = ['money', 'rate', 'integer']
const WIDEST = 280

/** The table's columns from the listing's description; the first one opens the row. */
export function tableColumns(meta: ListingMeta, labels: Labels, sort: string | undefined): ProColumns<Row>[] {
  return meta.columns.map((column, index) => ({
    key: column.key,
    dataIndex: column.key,
    title: labels.fieldOf({ key: column.key, owner: meta.name }),
    align: TO_THE_RIGHT.includes(column.kind) ? 'right' : 'left',
    sorter: column.sortable,
    sortOrder: orderOf(column.key, sort ?? meta.default_sort),
    ...(index === 0 ? { fixed: 'left' as const } : {}),
    render: (_, row) => <Cell column={column} row={row} to={column.link || (index === 0 ? meta.row_link : '')} />,
  }))
}

function Cell({ column, row, to }: { column: ListingColumn; row: Row; to: string }) {
  const value = <CellValue kind={isRegion(column.key) ? 'region' : column.kind} enum={column.enum ?? ''} value={row[column.key]} />
  const path = to && row[column.key] != null ? fillPath(to, row) : null
  return path ? <Link to={path}>{value}</Link> : value
}

/** Kept on one line; long text is cut and told in full on hover. */
function CellValue(props: ComponentProps<typeof Value>) {
  if (props.kind !== 'text') return <Value {...props} />
  return (
    <span className="axle-cell" style={{ maxWidth: WIDEST }} title={(props.value as string | null) ?? ''}>
      <Value {...props} />
    </span>
  )
}

function orderOf(key: string, sort: string): 'ascend' | 'descend' | null {
  if (sort === key) return 'ascend'
  return sort === `-${key}` ? 'descend' : null
}

/** "-created_at" from the table's sorter. */
export function sortOf(key: unknown, order: unknown): string | undefined {
  if (typeof key !== 'string' || !order) return undefined
  return order === 'descend' ? `-${key}` : key
}
