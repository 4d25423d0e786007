import { Space } from 'antd'
import type { Row } from '../api/lists'
import { CommandButton } from '../form/CommandButton'

/** What may be done with one row of a list in the state that it is in, as the server says. */
export function RowActions({ row }: { row: Row }) {
  return (
    <Space size="small">
      {row.actions.map((command) => (
        <CommandButton key={command} command={command} actions={row.actions} values={row} isLink />
      ))}
    </Space>
  )
}
