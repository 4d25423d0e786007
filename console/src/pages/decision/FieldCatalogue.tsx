import { Form, Input, Modal, Select } from 'antd'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { Catalogue } from './Catalogue'
import { choicesRead, choicesText } from './choices'
import type { StrategyInput } from './decision'

const NAME = /^[a-z][a-z0-9_]{0,59}$/
const NUMBER = /^-?\d+(\.\d+)?$/
const RANGED = ['integer', 'money', 'rate']
/** Lists and records are declared in files; here they are shown and kept as they are. */
const WHOLE = ['list', 'record']
const REFUSE = 'refuse'

interface Typed {
  name: string
  type: string
  zh: string
  en: string
  unit?: string
  minimum?: string
  maximum?: string
  pattern?: string
  max_length?: string
  choices?: string
  missing: string
  missing_when?: string
}

interface FieldCatalogueProps {
  fields: StrategyInput[]
  types: string[]
  mayBeMissing?: boolean
  onChange: (fields: StrategyInput[]) => void
}

/** Fields of a version's contract: name, kind, words, bounds, and what it means that one is missing. */
export function FieldCatalogue({ fields, types, mayBeMissing = false, onChange }: FieldCatalogueProps) {
  const say = useWords()
  const labels = useLabels()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  return (
    <Catalogue<StrategyInput>
      rows={fields}
      keyOf={({ name }) => name}
      addLabel={say('strategy.add_field')}
      removeHint={say('strategy.remove_field_hint')}
      onChange={onChange}
      columns={[
        { title: labels.field('rule_name'), render: (_, { words }) => words[side] },
        { title: labels.field('field'), dataIndex: 'name' },
        { title: labels.field('value_type'), render: (_, { type }) => labels.enumText('StrategyFieldType', type) },
        { title: labels.field('unit'), dataIndex: 'unit' },
        { title: say('strategy.range'), render: (_, field) => range(field) },
        ...(mayBeMissing
          ? [{ title: say('strategy.missing'), render: (_: unknown, { missing }: StrategyInput) => labels.enumText('MissingMeaning', missing || REFUSE) }]
          : []),
      ]}
      form={({ row, ...given }) => <FieldForm field={row} types={types} mayBeMissing={mayBeMissing} {...given} />}
    />
  )
}

function range({ minimum, maximum, choices }: StrategyInput) {
  if (choices && Object.keys(choices).length) return Object.keys(choices).length
  return minimum === undefined || minimum === null ? '' : `${minimum} – ${maximum ?? ''}`
}

interface FieldFormProps {
  field: StrategyInput | null
  types: string[]
  mayBeMissing: boolean
  taken: string[]
  onKeep: (field: StrategyInput) => void
  onClose: () => void
}

function FieldForm({ field, types, mayBeMissing, taken, onKeep, onClose }: FieldFormProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm<Typed>()
  const type = (Form.useWatch('type', form) as string | undefined) ?? field?.type ?? ''
  const missing = (Form.useWatch('missing', form) as string | undefined) ?? field?.missing
  const isWhole = WHOLE.includes(type)
  const text = (name: keyof Typed, label: string, { isRequired = true, pattern }: { isRequired?: boolean; pattern?: RegExp } = {}) => (
    <Form.Item name={name} label={label} rules={[{ required: isRequired }, ...(pattern ? [{ pattern, message: say('strategy.number_form') }] : [])]}>
      <Input />
    </Form.Item>
  )
  return (
    <Modal open title={field ? field.name : say('strategy.add_field')} onCancel={onClose} onOk={() => form.submit()}>
      <Form<Typed> form={form} layout="vertical" size="small" initialValues={typedField(field, types)} onFinish={(typed) => onKeep(fieldRead(typed, field))}>
        <Form.Item
          name="name"
          label={labels.field('field')}
          rules={[
            { required: true, pattern: NAME, message: say('strategy.field_form') },
            {
              validator: (_, name: string) =>
                taken.includes(name) ? Promise.reject(new Error(say('strategy.code_taken'))) : Promise.resolve(),
            },
          ]}
        >
          <Input disabled={field !== null} />
        </Form.Item>
        <Form.Item name="type" label={labels.field('value_type')} rules={[{ required: true }]}>
          <Select
            disabled={isWhole}
            options={(isWhole ? [type] : types).map((value) => ({ value, label: labels.enumText('StrategyFieldType', value) }))}
          />
        </Form.Item>
        {text('zh', labels.field('name_zh'))}
        {text('en', labels.field('name_en'))}
        {text('unit', labels.field('unit'), { isRequired: false })}
        {RANGED.includes(type) && text('minimum', say('strategy.minimum'), { pattern: NUMBER })}
        {RANGED.includes(type) && text('maximum', say('strategy.maximum'), { pattern: NUMBER })}
        {type === 'text' && text('pattern', say('strategy.pattern'))}
        {type === 'text' && text('max_length', say('strategy.max_length'), { pattern: NUMBER })}
        {type === 'enum' && (
          <Form.Item
            name="choices"
            label={say('strategy.choices')}
            extra={say('strategy.choices_form')}
            rules={[
              { required: true },
              {
                validator: (_, lines?: string) =>
                  !lines || choicesRead(lines) ? Promise.resolve() : Promise.reject(new Error(say('strategy.choices_form'))),
              },
            ]}
          >
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} />
          </Form.Item>
        )}
        {mayBeMissing && (
          <Form.Item name="missing" label={say('strategy.missing')} rules={[{ required: true }]}>
            <Select options={labels.members('MissingMeaning')} />
          </Form.Item>
        )}
        {mayBeMissing && missing && missing !== REFUSE && text('missing_when', say('strategy.missing_when'), { isRequired: missing === 'not_applicable' })}
      </Form>
    </Modal>
  )
}

function typedField(field: StrategyInput | null, types: string[]): Partial<Typed> {
  if (!field) return { type: types[0], missing: REFUSE }
  const { words, choices, minimum, maximum, max_length, missing, ...own } = field
  const shown = (value: string | number | null | undefined) => (value === null || value === undefined ? undefined : String(value))
  return {
    ...own,
    ...words,
    minimum: shown(minimum),
    maximum: shown(maximum),
    max_length: max_length ? String(max_length) : undefined,
    choices: choices ? choicesText(choices) : undefined,
    missing: missing || REFUSE,
  }
}

/** The field as it is declared: of what was typed, what its kind needs; of what only files declare, all. */
function fieldRead({ zh, en, choices, max_length, missing, missing_when, minimum, maximum, pattern, unit, name, type }: Typed, before: StrategyInput | null): StrategyInput {
  const whole = before && WHOLE.includes(before.type) ? before : {}
  return {
    ...whole,
    name,
    type,
    words: { zh, en },
    ...(unit ? { unit } : {}),
    ...(RANGED.includes(type) ? { minimum, maximum } : {}),
    ...(type === 'text' ? { pattern, max_length: Number(max_length) } : {}),
    ...(type === 'enum' ? { choices: choicesRead(choices ?? '') ?? {} } : {}),
    ...(missing && missing !== REFUSE ? { missing, ...(missing_when ? { missing_when } : {}) } : {}),
  }
}
