import { Button, Form } from 'antd-mobile'
import { useState, type ReactNode } from 'react'
import { ApiError } from '../../api/error'
import { useRecorded, type FormRecording } from '../../behaviour/useFormRecord'
import { useWords } from '../../i18n/words'
import { showFirstWrong } from '../parts/firstWrong'
import { useAct } from '../parts/useAct'
import type { Part, PartName } from './form'
import type { StepFormInstance } from './step'

interface StepFormProps {
  part: PartName
  record: FormRecording
  form: StepFormInstance
  initial: Part
  /** Word of the button that goes on. */
  go: string
  onBack?: () => void
  onGo: (values: Part) => Promise<unknown>
  children: ReactNode
}

/** The form of one step; what the server finds wrong in this part is shown beside its line. */
export function StepForm({ part, record, form, initial, go, onBack, onGo, children }: StepFormProps) {
  const say = useWords()
  const { act, isBusy } = useAct()
  const [frame, setFrame] = useState<HTMLDivElement | null>(null)
  useRecorded(frame, record, `${part}.`)
  const send = (values: Part) =>
    act(async () => {
      try {
        await onGo(values)
      } catch (error) {
        if (error instanceof ApiError) showErrors(error, part, form)
        showFirstWrong(frame)
        throw error
      }
    })
  return (
    <div ref={setFrame}>
      <Form
        form={form}
        layout="vertical"
        mode="card"
        initialValues={initial}
        onFinish={(values: Part) => void send(values)}
        onFinishFailed={() => showFirstWrong(frame)}
        footer={
          <div className="phone-go">
            {onBack && (
              <Button size="large" onClick={onBack}>
                {say('common.back')}
              </Button>
            )}
            <Button type="submit" color="primary" size="large" loading={isBusy}>
              {go}
            </Button>
          </div>
        }
      >
        {children}
      </Form>
    </div>
  )
}

/** "form.customer.id_no" belongs to the line id_no of the customer step. */
function showErrors(error: ApiError, part: PartName, form: StepFormInstance): void {
  for (const { field, message } of error.fieldErrors) {
    const [name, ...rest] = field.split('.').filter((word) => word !== 'form')
    if (name === part && rest.length) {
      form.setFields([{ name: rest.map((word) => (/^\d+$/.test(word) ? Number(word) : word)), errors: [message] }])
    }
  }
}
