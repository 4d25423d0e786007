import { Alert, Form, type FormInstance } from 'antd'
import { useMemo, useState } from 'react'
import { ApiError } from '../api/error'
import { useApiSchemas, type JsonSchema } from '../api/schemas'
import { useActor } from '../api/session'
import type { Done } from '../api/commands'
import { Loading } from '../components/Loading'
import { errorText, useLabels, useWords, type Labels } from '../i18n/words'
import { fieldsOf, type Field } from '../schema/fields'
import { FormContext, type FormFacts } from './FormContext'
import { FormFields } from './FormFields'
import { useCommand } from './useCommand'
import { identityOf, startValues, todayIn, withoutEmpty, type Values } from './values'

export interface SchemaFormProps {
  command: string
  /** The row or detail that the command is about: names the thing and fills the form. */
  values?: Values
  /** Sent as they are, never shown. */
  fixed?: Values
  /** Which fields, in which order; all of the command's without it. */
  only?: string[]
  /** What the page knows of fields whose schema leaves them open. */
  shapes?: FormFacts['shapes']
  form: FormInstance
  /** Of the form element, for a button that stands outside it. */
  formId?: string
  onDone: (done: Done<Record<string, unknown>>) => void
  onBusy?: (isBusy: boolean) => void
  /** What the page adds to what is sent. */
  more?: (sent: Values) => Values
  /** Inputs in a row; by the number of fields without it. */
  columns?: number
}

const FIELDS_FOR_TWO_COLUMNS = 5

/** The form of a command, made from the command's schema. */
export function SchemaForm(props: SchemaFormProps) {
  const schemas = useApiSchemas()
  const schema = schemas?.commands[props.command]?.schema as JsonSchema | undefined
  const fields = useMemo(() => (schema && schemas ? fieldsOf(schema, schemas.components) : null), [schema, schemas])
  return fields ? <CommandForm {...props} fields={fields} /> : <Loading />
}

const NOTHING = {}

function CommandForm({ command, values = NOTHING, fixed = NOTHING, only, shapes = NOTHING, fields, form, formId, onDone, onBusy, more, columns }: SchemaFormProps & { fields: Field[] }) {
  const say = useWords()
  const labels = useLabels()
  const { businessDate } = useActor()
  const { run } = useCommand(command)
  const [problem, setProblem] = useState<string | null>(null)
  const settled = useMemo(() => ({ ...identityOf(command, fields, values), ...known(fields, fixed) }), [command, fields, values, fixed])
  const shown = choose(fields, only).filter((field) => !(field.key in settled))

  const facts = useMemo(() => ({ command, thing: settled, shapes }), [command, settled, shapes])

  const send = async (typed: Values) => {
    setProblem(null)
    onBusy?.(true)
    try {
      const sent = { ...settled, ...(withoutEmpty(typed) as Values | undefined) }
      const done = await run({ ...sent, ...more?.(sent) })
      if (done) onDone(done)
    } catch (error) {
      setProblem(showErrors(error, form, labels) ?? errorText(error, say))
    } finally {
      onBusy?.(false)
    }
  }
  return (
    <Form<Values>
      form={form}
      {...(formId ? { id: formId } : {})}
      layout="vertical"
      scrollToFirstError={{ focus: true }}
      initialValues={{ ...todayIn(shown, businessDate), ...startValues(shown, values) }}
      onFinish={(typed) => void send(typed)}
    >
      {Boolean(problem) && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}
      <FormContext value={facts}>
        <FormFields fields={shown} columns={columns ?? (shown.length >= FIELDS_FOR_TWO_COLUMNS ? 2 : 1)} />
      </FormContext>
    </Form>
  )
}

function choose(fields: Field[], only: string[] | undefined): Field[] {
  return only ? only.flatMap((key) => fields.find((field) => field.key === key) ?? []) : fields
}

function known(fields: Field[], values: Values): Values {
  return Object.fromEntries(fields.filter(({ key }) => values[key] !== undefined).map(({ key }) => [key, values[key]]))
}

/**
 * Put the server's field errors beside their fields. The sentences that have no input on this form, such as those about
 * several fields together, come back to be shown above it; null when these are no field errors at all.
 */
function showErrors(error: unknown, form: FormInstance, labels: Labels): string | null {
  if (!(error instanceof ApiError) || !error.fieldErrors.length) return null
  const paths = error.fieldErrors.map(({ field, message }) => ({
    name: field.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
    errors: [message],
  }))
  const inputs = new Set(form.getFieldsError().map(({ name }) => name.join('.')))
  const [beside, above] = [true, false].map((is) => paths.filter(({ name }) => inputs.has(name.join('.')) === is))
  form.setFields(beside ?? [])
  if (beside?.[0]) form.scrollToField(beside[0].name, { focus: true })
  return (above ?? []).map(({ name, errors }) => `${nameOf(name, labels)}${errors.join(' ')}`).join(' / ')
}

/** What a sentence above the form is about; nothing when it is about the form as a whole. */
function nameOf(path: (string | number)[], labels: Labels): string {
  const key = path.findLast((part) => typeof part === 'string') ?? ''
  const name = labels.field(key)
  return key && name !== key ? `${name}: ` : ''
}
