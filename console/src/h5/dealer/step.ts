import type { Form } from 'antd-mobile'
import type { FormRecording } from '../../behaviour/useFormRecord'
import type { IntakeForm, Part } from './form'

export type StepFormInstance = ReturnType<typeof Form.useForm>[0]

/** What every step is given. */
export interface StepProps {
  form: IntakeForm
  applicationId: number | null
  record: FormRecording
  /** Keeps this step's part on the server; gives the application's number. */
  onKeep: (values: Part) => Promise<number>
  onBack: () => void
  onNext: () => void
}
