import { Card, Form } from 'antd-mobile'
import { useLabels, useWords } from '../../i18n/words'
import { PhotoLine } from '../parts/PhotoLine'
import { ofApplication } from '../parts/photos'
import { USED_FIELDS, VEHICLE_FIELDS, type Part } from './form'
import { PhoneFields } from './PhoneFields'
import type { StepProps } from './step'
import { StepForm } from './StepForm'
import { TrimField } from './TrimField'
import { usePhotoFill } from './usePhotoFill'

const PHOTOS = ['vehicle_invoice', 'vin_plate']
const USED_PHOTOS = ['vehicle_licence_main', 'vin_plate']

/** Step one: which car, and what it costs. */
export function CarStep({ form: { vehicle }, applicationId, record, onKeep, onNext }: StepProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm()
  const isUsed = (Form.useWatch('kind', form) as string | undefined) === 'used'
  const photoOf = usePhotoFill('vehicle', form, applicationId)
  const keep = () => onKeep(form.getFieldsValue() as Part)
  return (
    <StepForm part="vehicle" record={record} form={form} initial={vehicle} go={say('phone.next')} onGo={(values) => onKeep(values).then(onNext)}>
      <Card title={say('phone.photos')}>
        {(isUsed ? USED_PHOTOS : PHOTOS).map((kind) => (
          <PhotoLine key={kind} kind={kind} photo={photoOf(kind)} onNeedSubject={() => keep().then(ofApplication)} />
        ))}
        <p className="phone-hint">{say('phone.photos_hint')}</p>
      </Card>
      <Form.Item name="trim_id" data-field="trim_id" label={labels.field('trim_id')} rules={[{ required: true }]}>
        <TrimField />
      </Form.Item>
      <PhoneFields fields={isUsed ? [...VEHICLE_FIELDS, ...USED_FIELDS] : VEHICLE_FIELDS} />
    </StepForm>
  )
}
