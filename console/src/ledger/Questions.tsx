import { QueryFilter } from '@ant-design/pro-components'
import { DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import type { Question, ReportMeta } from '../api/reports'
import { ReferenceSelect } from '../form/inputs/ReferenceSelect'
import { referenceOf } from '../form/references'
import { useReadable } from '../form/useReadable'
import { useLabels } from '../i18n/words'
import type { Params } from './filters'

type Values = Record<string, Dayjs | string | number | null | undefined>
const DATE = 'YYYY-MM-DD'

interface QuestionsProps {
  meta: ReportMeta
  asked: Params
  onAsk: (asked: Params) => void
}

/** What a report is asked by; what nobody has said stands at its default. Choices of a list that one may not read are not offered. */
export function Questions({ meta, asked, onAsk }: QuestionsProps) {
  const isReadable = useReadable()
  const questions = meta.questions.filter(({ key, is_required }) => is_required || isReadable(referenceOf(key, 'report')))
  return (
    <QueryFilter<Values>
      name="questions"
      key={JSON.stringify(asked)}
      initialValues={Object.fromEntries(questions.map((question) => [question.key, valueOf(question, asked[question.key])]))}
      onFinish={(values) => {
        onAsk(Object.fromEntries(questions.map(({ key }) => [key, textOf(values[key])] as const).filter(([, text]) => text)))
        return Promise.resolve()
      }}
      onReset={() => onAsk({})}
      defaultColsNumber={4}
      labelWidth="auto"
      style={{ padding: 0, marginTop: 16 }}
    >
      {questions.map((question) => (
        <Form.Item key={question.key} name={question.key} label={question.label} rules={[{ required: question.is_required }]}>
          <QuestionInput question={question} />
        </Form.Item>
      ))}
    </QueryFilter>
  )
}

function valueOf({ key, kind, default: usual }: Question, text: string | undefined) {
  const value = text ?? usual
  if (value == null) return undefined
  if (kind === 'date') return dayjs(value)
  return key.endsWith('_id') ? Number(value) : value
}

function textOf(value: Values[string]): string {
  if (value == null) return ''
  return dayjs.isDayjs(value) ? value.format(DATE) : String(value)
}

function QuestionInput({ question, ...given }: { question: Question; id?: string; value?: unknown; onChange?: (value: unknown) => void }) {
  const labels = useLabels()
  const bound = given as Record<string, unknown>
  if (question.kind === 'date') return <DatePicker {...bound} style={{ width: '100%' }} />
  const reference = referenceOf(question.key, 'report')
  if (reference) return <ReferenceSelect {...(given as object)} reference={reference} />
  if (question.kind === 'enum') {
    const name = question.enum ?? ''
    const options = question.choices?.map((value) => ({ value, label: labels.enumText(name, value) })) ?? labels.members(name)
    return <Select {...bound} allowClear options={options} />
  }
  return <Input {...bound} allowClear />
}
