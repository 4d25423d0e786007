import { Alert, Form, Input, Modal, Select } from 'antd'
import { useState } from 'react'
import { useApiSchemas, type JsonSchema } from '../../api/schemas'
import { useCommand } from '../../form/useCommand'
import { errorText, useLabels, useWords } from '../../i18n/words'
import type { CaseTask } from './case'

interface TaskFormProps {
  task: CaseTask
  action: string
  /** Kinds that are missing already; offered first when documents are asked for. */
  missing: string[]
  onClose: () => void
}

interface Typed {
  opinion: string
  documents?: string[]
}

const OPINION_MAX = 2000

/** The opinion behind one decision; asking for documents names their kinds. */
export function TaskForm({ task, action, missing, onClose }: TaskFormProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm<Typed>()
  const { run, isBusy } = useCommand('task_complete')
  const [problem, setProblem] = useState<string | null>(null)
  const kinds = useDocumentKinds()
  const title = labels.enumText('TaskAction', action)
  const send = async ({ opinion, documents = [] }: Typed) => {
    try {
      if (await run({ task_id: task.task_id, version: task.version, action, opinion, documents })) onClose()
    } catch (error) {
      setProblem(errorText(error, say))
    }
  }
  return (
    <Modal
      open
      title={`${task.node_name} · ${title}`}
      okText={title}
      okButtonProps={{ danger: action === 'decline' }}
      confirmLoading={isBusy}
      mask={{ closable: false }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}
      <Form<Typed>
        form={form}
        layout="vertical"
        initialValues={{ opinion: '', documents: missing }}
        onFinish={(typed) => void send(typed)}
        onKeyDown={({ ctrlKey, metaKey, key }) => {
          if ((ctrlKey || metaKey) && key === 'Enter') form.submit()
        }}
      >
        {action === 'ask_for_documents' && (
          <Form.Item name="documents" label={labels.field('documents')} rules={[{ required: true }]}>
            <Select mode="multiple" options={kinds.map((kind) => ({ value: kind, label: labels.enumText('CapturedKind', kind) }))} />
          </Form.Item>
        )}
        <Form.Item name="opinion" label={labels.field('opinion')} rules={[{ required: action !== 'approve', whitespace: true }]}>
          <Input.TextArea autoFocus rows={4} maxLength={OPINION_MAX} showCount />
        </Form.Item>
      </Form>
    </Modal>
  )
}

/** Every kind of captured document, as the server declares them. */
function useDocumentKinds(): string[] {
  const declared = useApiSchemas()?.components.CapturedKind as JsonSchema | undefined
  return (declared?.enum ?? []).map(String)
}
