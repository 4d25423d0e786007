import { Empty, Table } from 'antd'
import type { ReactNode } from 'react'
import { useLabels } from '../i18n/words'
import { LinkedValue } from '../routes/links'
import type { Field } from '../schema/fields'
import { FactValue } from './Facts'
import { isForPeople } from './shown'
import type { Data } from './spec'

const NUMERIC = ['money', 'rate', 'integer', 'number']
const PAGE_SIZE = 100

interface FactTableProps {
  fields: Field[]
  rows: Data[]
  /** What may be done with a row. */
  actions?: (row: Data) => ReactNode
}

/** A list of like things inside a detail: a schedule, guarantors, entries. */
export function FactTable({ fields, rows, actions }: FactTableProps) {
  const labels = useLabels()
  const shown = fields.filter(isForPeople).filter((field) => field.kind !== 'object' || rows.some((row) => row[field.key] != null))
  if (!rows.length) return <Empty />
  return (
    <Table<Data & { line: number }>
      size="small"
      rowKey="line"
      dataSource={rows.map((row, line) => ({ ...row, line }))}
      pagination={rows.length > PAGE_SIZE ? { pageSize: PAGE_SIZE } : false}
      scroll={{ x: 'max-content' }}
      columns={[...shown.map((field) => ({
        key: field.key,
        dataIndex: field.key,
        title: labels.fieldOf(field),
        align: NUMERIC.includes(field.kind) ? ('right' as const) : ('left' as const),
        render: (value: unknown, row: Data) => (
          <LinkedValue name={field.key} data={row}>
            <FactValue field={field} value={value} />
          </LinkedValue>
        ),
      })), ...(actions ? [{ key: 'actions', title: '', render: (_: unknown, row: Data) => actions(row) }] : [])]}
    />
  )
}
