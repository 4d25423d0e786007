import { Space } from 'antd'
import type { ListingMeta, Row } from '../api/lists'
import { CommandButton } from '../form/CommandButton'

/** What may be done with one row of a list, in the state that it is in. */
export function RowActions({ meta, row }: { meta: ListingMeta; row: Row }) {
  const possible = (row.actions as unknown as string[] | undefined) ?? meta.row_actions
  return (
    <Space size="small">
      {meta.row_actions.filter((command) => possible.includes(command)).map((command) => (
        <CommandButton key={command} command={command} values={row} isLink />
      ))}
    </Space>
  )
}
