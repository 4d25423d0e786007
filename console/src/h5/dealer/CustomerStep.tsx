import { Button, Card, Form } from 'antd-mobile'
import { useLabels, useWords } from '../../i18n/words'
import { PhotoLine } from '../parts/PhotoLine'
import { ofApplication } from '../parts/photos'
import { CONTACT_FIELDS, CUSTOMER_FIELDS, type Part } from './form'
import { PhoneFields } from './PhoneFields'
import type { StepProps } from './step'
import { StepForm } from './StepForm'
import { usePhotoFill } from './usePhotoFill'

const PHOTOS = ['id_front', 'id_back', 'driver_licence', 'bank_card']

/** Step two: who borrows. Photos fill in what they show. */
export function CustomerStep({ form: { customer }, applicationId, record, onKeep, onBack, onNext }: StepProps) {
  const say = useWords()
  const [form] = Form.useForm()
  const photoOf = usePhotoFill('customer', form, applicationId)
  const keep = () => onKeep(form.getFieldsValue() as Part)
  return (
    <StepForm
      part="customer"
      record={record}
      form={form}
      initial={customer}
      go={say('phone.next')}
      onBack={onBack}
      onGo={(values) => onKeep(values).then(onNext)}
    >
      <Card title={say('phone.photos')}>
        {PHOTOS.map((kind) => (
          <PhotoLine key={kind} kind={kind} photo={photoOf(kind)} onNeedSubject={() => keep().then(ofApplication)} />
        ))}
        <p className="phone-hint">{say('phone.photos_hint')}</p>
      </Card>
      <PhoneFields fields={CUSTOMER_FIELDS} />
      <Contacts />
    </StepForm>
  )
}

/** People to reach when the borrower cannot be reached. */
function Contacts() {
  const say = useWords()
  const labels = useLabels()
  return (
    <Form.Array
      name="contacts"
      onAdd={({ add }) => add({})}
      renderAdd={() => <a>{say('phone.add_contact')}</a>}
      renderHeader={({ index }, { remove }) => (
        <div className="phone-photo">
          <span>{`${labels.field('contacts')} ${index + 1}`}</span>
          <Button size="mini" fill="none" onClick={() => remove(index)}>
            {say('phone.remove')}
          </Button>
        </div>
      )}
    >
      {(items) =>
        items.map(({ index }) => (
          <div key={index} data-list="contacts">
            <PhoneFields fields={CONTACT_FIELDS} prefix={[index]} />
          </div>
        ))
      }
    </Form.Array>
  )
}
