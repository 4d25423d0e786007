import { Space } from 'antd'
import { Fragment } from 'react'
import { CommandButton } from '../form/CommandButton'
import type { Data, DetailSpec } from './spec'

/** Buttons for what this person may do with the thing in its present state; the first one is the usual next step. */
export function ActionsBar({ spec, data }: { spec: DetailSpec; data: Data }) {
  const actions = (data.actions ?? []) as string[]
  const { forms = {} } = spec
  return (
    <Space wrap>
      {actions.map((command, index) => (
        <Fragment key={command}>
          {forms[command]?.(data) ?? (
            <CommandButton command={command} actions={actions} values={data} fixed={identity(spec, data)} isPrimary={index === 0} />
          )}
        </Fragment>
      ))}
    </Space>
  )
}

/** The thing under the name that its address has: {"customer_id": 7} of "/customers/{customer_id}". */
function identity({ read }: DetailSpec, data: Data): Data {
  const name = /\{(\w+_id)\}/.exec(read)?.[1]
  return name && data.id != null ? { [name]: data.id } : {}
}
