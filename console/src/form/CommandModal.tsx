import { Alert, Button, Form, Modal } from 'antd'
import { useId, useState } from 'react'
import type { Done } from '../api/commands'
import { useLabels, useWords } from '../i18n/words'
import { CommandResult } from './CommandResult'
import { isDangerous } from './danger'
import { isTold } from './told'
import { SchemaForm, type SchemaFormProps } from './SchemaForm'

export type CommandModalProps = Pick<SchemaFormProps, 'command' | 'values' | 'fixed' | 'only' | 'shapes'> & {
  onClose: () => void
  onDone?: ((done: Done<Record<string, unknown>>) => void) | undefined
}

const WIDTH = 680
type Result = Record<string, unknown>

/** A command's form in a window. It closes when the command has run or waits for review, or shows what came of it. */
export function CommandModal({ command, onClose, onDone, ...given }: CommandModalProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm()
  const formId = useId()
  const [isBusy, setBusy] = useState(false)
  const title = labels.command(command)
  const [result, setResult] = useState<Result | null>(null)
  const finish = (done: Done<Result>) => {
    onDone?.(done)
    if (done.result && isTold(command)) setResult(done.result)
    else onClose()
  }
  if (result) {
    return (
      <Modal open title={title} width={WIDTH} footer={<Button onClick={onClose}>{say('common.close')}</Button>} onCancel={onClose}>
        <CommandResult command={command} result={result} />
      </Modal>
    )
  }
  return (
    <Modal
      open
      title={title}
      width={WIDTH}
      okText={title}
      okButtonProps={{ danger: isDangerous(command), htmlType: 'submit', form: formId }}
      confirmLoading={isBusy}
      mask={{ closable: false }}
      onCancel={onClose}
      afterOpenChange={(isOpen) => isOpen && focusFirst(formId)}
    >
      {isDangerous(command) && (
        <Alert type="warning" showIcon title={say('form.dangerous', { what: title })} style={{ marginBottom: 16 }} />
      )}
      <SchemaForm command={command} form={form} formId={formId} onBusy={setBusy} onDone={finish} {...given} />
    </Modal>
  )
}

/**
 * The cursor goes into the first input, else onto the button, so that Enter is enough where there is nothing to type.
 * Somebody who was quicker than the window keeps the place where they are.
 */
function focusFirst(formId: string): void {
  const form = document.getElementById(formId)
  if (form?.contains(document.activeElement)) return
  const input = form?.querySelector<HTMLElement>('input:not([disabled], [type=file]), textarea')
  const target = input ?? document.querySelector<HTMLElement>(`button[form="${formId}"]`)
  target?.focus()
}
