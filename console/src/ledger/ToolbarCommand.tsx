import { Button } from 'antd'
import { Link } from 'react-router'
import { CommandButton, useMay } from '../form/CommandButton'
import { useLabels } from '../i18n/words'
import { COMMAND_PAGES } from '../routes/commandPages'
import type { Params } from './filters'

/** A command above a list: a window with its form, or the page that it has. */
export function ToolbarCommand({ command, values }: { command: string; values: Params }) {
  const labels = useLabels()
  const isAllowed = useMay(command)
  const page = COMMAND_PAGES[command]
  if (!page) return <CommandButton command={command} isPrimary values={values} />
  if (!isAllowed) return null
  return (
    <Link to={page}>
      <Button type="primary">{labels.command(command)}</Button>
    </Link>
  )
}
