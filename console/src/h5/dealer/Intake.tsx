import { List, Steps, Switch } from 'antd-mobile'
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useFormRecord, type FormRecording } from '../../behaviour/useFormRecord'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { CarStep } from './CarStep'
import { CustomerStep } from './CustomerStep'
import type { IntakeForm, Part, PartName } from './form'
import { Progress } from './Progress'
import { SubmitStep } from './SubmitStep'
import { useApplication, useDraft, type ApplicationDetail } from './useDraft'

/** A new application, a draft to go on with, or one that is on its way. */
export default function Intake() {
  const { id } = useParams()
  const { data, error, refetch } = useApplication(id)
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />
  if (id && !data) return <Wait />
  if (data && !data.actions.includes('application_save_draft')) return <Progress application={data} />
  return <IntakeSteps application={data} />
}

const NOTHING: IntakeForm = { vehicle: { kind: 'new', use: 'private' }, customer: { contacts: [{}] }, loan: {} }

/** Three steps: the car, the customer, the loan and submission. Every step is kept on the server when it is left. */
function IntakeSteps({ application }: { application: ApplicationDetail | undefined }) {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  const [step, setStep] = useState(0)
  const [form, setForm] = useState<IntakeForm>(() => application?.form ?? NOTHING)
  const record = useFormRecord('phone')
  const draft = useDraft(application, record)

  const keep = (part: PartName) => async (values: Part) => {
    const next = { ...form, [part]: { ...form[part], ...values } }
    setForm(next)
    return draft.save(next)
  }
  const given = { form, applicationId: draft.id, record, onBack: () => setStep(step - 1), onNext: () => setStep(step + 1) }
  return (
    <PhonePage title={application?.application_no ?? say('phone.new_application')} back="/dealer">
      <Steps current={step}>
        <Steps.Step title={labels.field('vehicle')} />
        <Steps.Step title={labels.field('customer')} />
        <Steps.Step title={say('common.submit')} />
      </Steps>
      {step === 0 && <Agreement record={record} />}
      {step === 0 && <CarStep {...given} onKeep={keep('vehicle')} />}
      {step === 1 && <CustomerStep {...given} onKeep={keep('customer')} />}
      {step === 2 && (
        <SubmitStep {...given} onKeep={keep('loan')} onSubmit={draft.submit} onDone={() => void navigate('/dealer', { replace: true })} />
      )}
    </PhonePage>
  )
}

/** Whoever types chooses before they begin whether it is recorded how. */
function Agreement({ record }: { record: FormRecording }) {
  const say = useWords()
  return (
    <List mode="card">
      <List.Item description={say('behaviour.hint')} extra={<Switch checked={record.isAgreed} onChange={record.agree} />}>
        {say('behaviour.agree')}
      </List.Item>
    </List>
  )
}
