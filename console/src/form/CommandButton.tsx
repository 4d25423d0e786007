import { Button } from 'antd'
import { useState } from 'react'
import { useApiSchemas } from '../api/schemas'
import { useActor } from '../api/session'
import { useLabels } from '../i18n/words'
import { CommandModal, type CommandModalProps } from './CommandModal'
import { isDangerous } from './danger'

type CommandButtonProps = Pick<CommandModalProps, 'command' | 'values' | 'fixed' | 'only' | 'shapes' | 'onDone'> & {
  /** What may be done now, as the server says; without it the person's permission decides. */
  actions?: string[]
  isPrimary?: boolean
  isLink?: boolean
  label?: string
}

/** Opens a command's form. Not there at all for a person who may not run it. */
export function CommandButton({ command, actions, isPrimary = false, isLink = false, label, ...modal }: CommandButtonProps) {
  const labels = useLabels()
  const [isOpen, setOpen] = useState(false)
  if (!useMay(command, actions)) return null
  const look = isLink ? 'link' : isPrimary ? 'primary' : 'default'
  return (
    <>
      <Button
        type={look}
        danger={isDangerous(command)}
        {...(isLink ? { size: 'small' as const, style: { padding: 0 } } : {})}
        onClick={() => setOpen(true)}
      >
        {label ?? labels.command(command)}
      </Button>
      {isOpen && <CommandModal command={command} {...modal} onClose={() => setOpen(false)} />}
    </>
  )
}

/** Whether this person may run a command (on a thing in its present state, when its actions are given). */
export function useMay(command: string, actions?: string[]): boolean {
  const schemas = useApiSchemas()
  const { permissions } = useActor()
  const known = schemas?.commands[command]
  if (!known) return false
  if (actions) return actions.includes(command)
  return known.permission === null || permissions.includes(known.permission)
}
