import { Space } from 'antd'
import type { Row } from '../api/lists'
import { CommandButton } from '../form/CommandButton'

/** What may be done with one row of a list. */
export function RowActions({ commands, row }: { commands: string[]; row: Row }) {
  return (
    <Space size="small">
      {commands.map((command) => (
        <CommandButton key={command} command={command} values={row} isLink />
      ))}
    </Space>
  )
}
