import { Alert, Form, Modal } from 'antd'
import { useState } from 'react'
import type { Done } from '../api/commands'
import { useLabels, useWords } from '../i18n/words'
import { isDangerous } from './danger'
import { SchemaForm, type SchemaFormProps } from './SchemaForm'

export type CommandModalProps = Pick<SchemaFormProps, 'command' | 'values' | 'fixed' | 'only'> & {
  onClose: () => void
  onDone?: ((done: Done<Record<string, unknown>>) => void) | undefined
}

const WIDTH = 680

/** A command's form in a window; it closes when the command has run or waits for review. */
export function CommandModal({ command, onClose, onDone, ...given }: CommandModalProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm()
  const [isBusy, setBusy] = useState(false)
  const title = labels.command(command)
  const finish = (done: Done<Record<string, unknown>>) => {
    onClose()
    onDone?.(done)
  }
  return (
    <Modal
      open
      title={title}
      width={WIDTH}
      okText={title}
      okButtonProps={{ danger: isDangerous(command), htmlType: 'submit' }}
      confirmLoading={isBusy}
      mask={{ closable: false }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {isDangerous(command) && (
        <Alert type="warning" showIcon title={say('form.dangerous', { what: title })} style={{ marginBottom: 16 }} />
      )}
      <SchemaForm command={command} form={form} onBusy={setBusy} onDone={finish} {...given} />
    </Modal>
  )
}
