import { DownOutlined } from '@ant-design/icons'
import { Button, Dropdown, Space } from 'antd'
import { Fragment, useState } from 'react'
import { CommandButton } from '../form/CommandButton'
import { CommandModal } from '../form/CommandModal'
import { isDangerous } from '../form/danger'
import { useLabels, useWords } from '../i18n/words'
import type { Data, DetailSpec } from './spec'

/** As many buttons stand beside each other; of more than one beyond that the rest is a menu. */
const MOST = 6

/** What this person may do with the thing in its present state; the first one is the usual next step. */
export function ActionsBar({ spec, data }: { spec: DetailSpec; data: Data }) {
  const actions = (data.actions ?? []) as string[]
  const { forms = {} } = spec
  const atHand = actions.length > MOST + 1 ? actions.filter((command, index) => index < MOST || forms[command]) : actions
  return (
    <Space wrap>
      {atHand.map((command, index) => (
        <Fragment key={command}>
          {forms[command]?.(data) ?? (
            <CommandButton command={command} actions={actions} values={data} fixed={identity(spec, data)} isPrimary={index === 0} />
          )}
        </Fragment>
      ))}
      <More commands={actions.filter((command) => !atHand.includes(command))} values={data} fixed={identity(spec, data)} />
    </Space>
  )
}

/** A menu of further commands, each of which opens its form. */
function More({ commands, values, fixed }: { commands: string[]; values: Data; fixed: Data }) {
  const labels = useLabels()
  const say = useWords()
  const [chosen, choose] = useState<string | null>(null)
  if (!commands.length) return null
  const items = commands.map((command) => ({ key: command, label: labels.command(command), danger: isDangerous(command) }))
  return (
    <>
      <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => choose(key) }}>
        <Button icon={<DownOutlined />} iconPlacement="end">{say('detail.more')}</Button>
      </Dropdown>
      {chosen && <CommandModal command={chosen} values={values} fixed={fixed} onClose={() => choose(null)} />}
    </>
  )
}

/** The thing under the names that its address has: "strategy_version_id" and "version_id" of "/strategy-versions/{version_id}". */
function identity({ read }: DetailSpec, data: Data): Data {
  const [, noun, name] = /([\w-]+)s\/\{(\w+_id)\}/.exec(read) ?? []
  return noun && name && data.id != null ? { [name]: data.id, [`${noun.replaceAll('-', '_')}_id`]: data.id } : {}
}
