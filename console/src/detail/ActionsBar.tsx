import { Space } from 'antd'
import { Fragment } from 'react'
import { CommandButton } from '../form/CommandButton'
import type { Data, DetailSpec } from './spec'

/** Buttons for what this person may do with the thing in its present state; the first one is the usual next step. */
export function ActionsBar({ data, forms }: { data: Data; forms: NonNullable<DetailSpec['forms']> }) {
  const actions = (data.actions ?? []) as string[]
  return (
    <Space wrap>
      {actions.map((command, index) => (
        <Fragment key={command}>
          {forms[command]?.(data) ?? (
            <CommandButton command={command} actions={actions} values={data} isPrimary={index === 0} />
          )}
        </Fragment>
      ))}
    </Space>
  )
}
