import { Button, Flex, Popconfirm, Space, Table, type TableColumnsType } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../../i18n/words'

interface CatalogueProps<T> {
  rows: T[]
  keyOf: (row: T) => string
  columns: TableColumnsType<T>
  addLabel: string
  removeHint: string
  onChange: (rows: T[]) => void
  /** The window in which a row is typed; `taken` are the keys of the others. */
  form: (given: { row: T | null; taken: string[]; onKeep: (row: T) => void; onClose: () => void }) => ReactNode
}

/** Rows of a version's content that are added, edited in a window, and removed. */
export function Catalogue<T>({ rows, keyOf, columns, addLabel, removeHint, onChange, form }: CatalogueProps<T>) {
  const say = useWords()
  const [edited, setEdited] = useState<T | 'new' | null>(null)
  const keep = (row: T) => {
    const before = edited === 'new' ? null : edited && keyOf(edited)
    onChange(before === null ? [...rows, row] : rows.map((one) => (keyOf(one) === before ? row : one)))
    setEdited(null)
  }
  const row = edited === 'new' ? null : edited
  return (
    <Flex vertical gap="small">
      <Button style={{ alignSelf: 'start' }} onClick={() => setEdited('new')}>
        {addLabel}
      </Button>
      <Table<T>
        size="small"
        rowKey={keyOf}
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        columns={[
          ...columns,
          {
            key: 'acts',
            width: 120,
            render: (_, one) => (
              <Space>
                <Button type="link" size="small" onClick={() => setEdited(one)}>
                  {say('strategy.edit_row')}
                </Button>
                <Popconfirm title={removeHint} onConfirm={() => onChange(rows.filter((other) => other !== one))}>
                  <Button type="link" size="small" danger>
                    {say('strategy.remove_row')}
                  </Button>
                </Popconfirm>
              </Space>
            ),
          },
        ]}
      />
      {edited && form({ row, taken: rows.filter((one) => one !== row).map(keyOf), onKeep: keep, onClose: () => setEdited(null) })}
    </Flex>
  )
}
