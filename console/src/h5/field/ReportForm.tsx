import { Button, Card, Dialog, Form, Input, Selector, TextArea } from 'antd-mobile'
import { useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { commandRun, FormKeys } from '../../api/commands'
import { ApiError } from '../../api/error'
import { useActor } from '../../api/session'
import { useLabels, useWords } from '../../i18n/words'
import { showFirstWrong } from '../parts/firstWrong'
import { PhotoLine } from '../parts/PhotoLine'
import { usePhotos, type Subject } from '../parts/photos'
import { useAct } from '../parts/useAct'
import { CLASSES, CONDITIONS, PHOTOS, SIGNALS, useInspectionsPath, type Inspection, type Report } from './inspection'
import { Whereabouts, type Position } from './Whereabouts'

type Typed = Pick<Report, 'car_place' | 'inspection_opinion'> & {
  mileage_km?: string
  car_condition?: Report['car_condition'][]
  signals?: Report['signals']
  suggested_class?: NonNullable<Report['suggested_class']>[]
}

/** What a person fills in who stands beside the car. */
export function ReportForm({ found }: { found: Inspection }) {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  const back = useInspectionsPath()
  const { businessDate } = useActor()
  const { act, isBusy } = useAct()
  const [form] = Form.useForm<Typed>()
  const [keys] = useState(() => new FormKeys())
  const [position, setPosition] = useState<Position | null>(null)
  const frame = useRef<HTMLDivElement>(null)
  const options = <T extends string>(name: string, members: T[]) => members.map((value) => ({ value, label: labels.enumText(name, value) }))

  const send = async ({ car_condition, suggested_class, mileage_km, ...typed }: Typed) => {
    const isSure = await Dialog.confirm({ content: say('phone.inspection_sure'), confirmText: say('common.submit'), cancelText: say('common.cancel') })
    if (!isSure) return
    const input = {
      ...typed, ...position, inspection_no: found.inspection_no, inspected_on: businessDate, car_condition: car_condition?.[0],
      suggested_class: suggested_class?.[0] ?? null, mileage_km: mileage_km ? Number(mileage_km) : null,
    }
    const done = await act(() => commandRun('inspection_submit', input, keys.keyFor(input)).catch((error: unknown) => showWrong(error)))
    if (done) void navigate(back, { replace: true })
  }
  const showWrong = (error: unknown): never => {
    if (error instanceof ApiError)
      for (const { field, message } of error.fieldErrors) form.setFields([{ name: field.split('.').at(-1) as keyof Typed, errors: [message] }])
    showFirstWrong(frame.current)
    throw error
  }
  return (
    <div ref={frame}>
      <Photos subject={{ subject_type: 'inspection', subject_id: found.id }} />
      <Whereabouts position={position} onFound={setPosition} />
      <Form
        form={form}
        layout="vertical"
        mode="card"
        onFinish={(values: Typed) => void send(values)}
        onFinishFailed={() => showFirstWrong(frame.current)}
        footer={
          <Button block type="submit" color="primary" size="large" loading={isBusy}>
            {say('common.submit')}
          </Button>
        }
      >
        <Form.Item name="car_condition" label={labels.field('car_condition')} rules={[{ required: true }]}>
          <Selector options={options('CarCondition', CONDITIONS)} />
        </Form.Item>
        <Form.Item name="mileage_km" label={labels.field('mileage_km')}>
          <Input inputMode="numeric" clearable />
        </Form.Item>
        <Form.Item name="car_place" label={labels.field('car_place')}>
          <Input clearable autoComplete="off" />
        </Form.Item>
        <Form.Item name="signals" label={labels.field('signals')}>
          <Selector multiple options={options('InspectionSignal', SIGNALS)} />
        </Form.Item>
        <Form.Item name="suggested_class" label={labels.field('suggested_class')}>
          <Selector options={options('RiskClass', CLASSES)} />
        </Form.Item>
        <Form.Item name="inspection_opinion" label={labels.field('inspection_opinion')} rules={[{ required: true, min: 5 }]}>
          <TextArea rows={3} maxLength={1000} showCount />
        </Form.Item>
      </Form>
    </div>
  )
}

function Photos({ subject }: { subject: Subject }) {
  const say = useWords()
  const { data } = usePhotos(subject)
  return (
    <Card title={say('phone.inspection_photos')}>
      {PHOTOS.map((kind) => (
        <PhotoLine
          key={kind}
          kind={kind}
          photo={data?.findLast((photo) => photo.kind === kind)}
          onNeedSubject={() => Promise.resolve(subject)}
        />
      ))}
    </Card>
  )
}
