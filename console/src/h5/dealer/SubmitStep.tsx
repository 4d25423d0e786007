import { Dialog, Form, Input } from 'antd-mobile'
import { useLabels, useWords } from '../../i18n/words'
import { ConsentLines } from './ConsentLines'
import type { Part } from './form'
import { OnSale } from './OnSale'
import { QuoteCard } from './QuoteCard'
import type { StepProps } from './step'
import { StepForm } from './StepForm'

interface SubmitStepProps extends StepProps {
  onSubmit: () => Promise<void>
  onDone: () => void
}

/** Step three: which loan, what it will cost the customer, and off it goes. */
export function SubmitStep({ form: { vehicle, loan }, applicationId, record, onKeep, onBack, onSubmit, onDone }: SubmitStepProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm()
  const typed = (Form.useWatch([], form) ?? loan) as Part
  const send = async (values: Part) => {
    const isSure = await Dialog.confirm({
      content: say('phone.submit_sure'),
      confirmText: say('common.submit'),
      cancelText: say('common.cancel'),
    })
    if (!isSure) return
    await onKeep(values)
    await onSubmit()
    onDone()
  }
  return (
    <StepForm part="loan" record={record} form={form} initial={loan} go={say('common.submit')} onBack={onBack} onGo={send}>
      <OnSale form={form} />
      <Form.Item name="amount" data-field="amount" label={say('phone.loan_amount')} rules={[{ required: true }]}>
        <Input inputMode="decimal" placeholder="0.00" clearable />
      </Form.Item>
      <Form.Item name="down_payment" data-field="down_payment" label={labels.field('down_payment')}>
        <Input inputMode="decimal" placeholder="0.00" clearable />
      </Form.Item>
      <QuoteCard loan={typed} vehicle={vehicle} />
      <ConsentLines applicationId={applicationId} />
    </StepForm>
  )
}
