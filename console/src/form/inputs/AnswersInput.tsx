import { Flex, Input, Select, Typography } from 'antd'
import { useReportMeta, type Question } from '../../api/reports'
import { Loading } from '../../components/Loading'
import { useLabels, useWords } from '../../i18n/words'
import { referenceOf } from '../references'
import { DateInput } from './DateInput'
import type { InputProps } from './props'
import { ReferenceSelect } from './ReferenceSelect'

type Answers = Record<string, string>

interface AnswersInputProps extends InputProps<Answers> {
  /** Whose questions are answered; nothing before one is chosen. */
  report: string | undefined
}

/** Answers to the questions of a report, each under its own words; what is left empty stays at its default. */
export function AnswersInput({ report, ...given }: AnswersInputProps) {
  const say = useWords()
  if (!report) return <Typography.Text type="secondary">{say('form.choose_report_first')}</Typography.Text>
  return <AnswersOf key={report} report={report} {...given} />
}

function AnswersOf({ report, id, value, onChange }: AnswersInputProps & { report: string }) {
  const { data: meta } = useReportMeta(report)
  if (!meta) return <Loading />
  const answers = value ?? {}
  const set = (key: string, answer: string) => {
    const others = Object.entries(answers).filter(([known]) => known !== key)
    onChange?.(Object.fromEntries(answer ? [...others, [key, answer]] : others))
  }
  return (
    <Flex id={id} vertical gap={8} role="group">
      {meta.questions.map((question) => (
        <label key={question.key}>
          <Typography.Text type="secondary">{question.label}</Typography.Text>
          <AnswerInput question={question} answer={answers[question.key] ?? ''} onAnswer={(answer) => set(question.key, answer)} />
        </label>
      ))}
    </Flex>
  )
}

interface AnswerInputProps {
  question: Question
  answer: string
  onAnswer: (answer: string) => void
}

/** One answer, kept as text whatever it is. */
function AnswerInput({ question, answer, onAnswer }: AnswerInputProps) {
  const labels = useLabels()
  const name = { 'aria-label': question.label }
  if (question.kind === 'date') return <DateInput {...name} value={answer} onChange={(day) => onAnswer(day ?? '')} />
  const reference = referenceOf(question.key, 'report')
  if (reference) {
    const chosen = answer && question.key.endsWith('_id') ? Number(answer) : answer || null
    const choose = (value: unknown) => onAnswer(typeof value === 'string' || typeof value === 'number' ? String(value) : '')
    return <ReferenceSelect {...name} reference={reference} value={chosen} onChange={choose} />
  }
  if (question.kind === 'enum') {
    const options = (question.choices ?? []).map((value) => ({ value, label: labels.enumText(question.enum ?? '', value) }))
    return <Select {...name} allowClear style={{ width: '100%' }} value={answer || null} options={options} onChange={(value: string | undefined) => onAnswer(value ?? '')} />
  }
  return <Input {...name} allowClear value={answer} onChange={(event) => onAnswer(event.target.value)} />
}
