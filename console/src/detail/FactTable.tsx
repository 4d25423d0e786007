import { Empty, Table } from 'antd'
import type { ReactNode } from 'react'
import { Money } from '../components/Money'
import { isYuan, sumYuan } from '../format/money'
import { useLabels, useWords } from '../i18n/words'
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
  /** Columns that are summed up below the table. */
  sums?: string[]
  /** What may be done with a row. */
  actions?: (row: Data) => ReactNode
}

/** A list of like things inside a detail: a schedule, guarantors, entries. */
export function FactTable({ fields, rows, sums = [], actions }: FactTableProps) {
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
      rowClassName={toneOf}
      columns={[...shown.map((field) => ({
        key: field.key,
        dataIndex: field.key,
        title: labels.fieldOf(field),
        align: alignOf(field),
        render: (value: unknown, row: Data) => (
          <LinkedValue name={field.key} data={row}>
            <FactValue field={field} value={value} />
          </LinkedValue>
        ),
      })), ...(actions ? [{ key: 'actions', title: '', render: (_: unknown, row: Data) => actions(row) }] : [])]}
      {...(sums.length ? { summary: () => <Sums fields={shown} rows={rows} sums={sums} /> } : {})}
    />
  )
}

function alignOf(field: Field): 'left' | 'right' {
  return NUMERIC.includes(field.kind) ? 'right' : 'left'
}

/** What is late stands out, what is done stands back. */
function toneOf(row: Data): string {
  return row.state === 'overdue' ? 'axle-row-late' : row.state === 'settled' ? 'axle-row-done' : ''
}

function Sums({ fields, rows, sums }: Required<Omit<FactTableProps, 'actions'>>) {
  const say = useWords()
  const sumOf = (key: string) => sumYuan(rows.map((row) => row[key]).filter((value) => typeof value === 'string').filter(isYuan))
  return (
    <Table.Summary.Row>
      {fields.map((field, index) => (
        <Table.Summary.Cell key={field.key} index={index} align={alignOf(field)}>
          {sums.includes(field.key) ? <Money isStrong value={sumOf(field.key)} /> : index === 0 && <strong>{say('ledger.sum')}</strong>}
        </Table.Summary.Cell>
      ))}
    </Table.Summary.Row>
  )
}
