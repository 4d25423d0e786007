import { Button, Form, Input, Modal, Select, Space } from 'antd'
import { useState } from 'react'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { Catalogue } from './Catalogue'
import { choicesRead } from './choices'
import type { StrategyInput } from './decision'
import { fieldRead, RANGED, REFUSE, typedField, type Typed } from './fieldTyped'

const NAME = /^[a-z][a-z0-9_]{0,59}$/
const NUMBER = /^-?\d+(\.\d+)?$/
const COUNT = /^[1-9]\d{0,3}$/
/** Kinds that are made of others; they may be inside each other this deep. */
const WHOLE = ['list', 'record']
const MOST_DEEP = 3
interface FieldCatalogueProps {
  fields: StrategyInput[]
  types: string[]
  mayBeMissing?: boolean
  /** How many lists and records the fields are inside of. */
  depth?: number
  onChange: (fields: StrategyInput[]) => void
}

/** Fields of a version's contract: name, kind, words, bounds, and what it means that one is missing. */
export function FieldCatalogue({ fields, types, mayBeMissing = false, depth = 0, onChange }: FieldCatalogueProps) {
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
      form={({ row, ...given }) => <FieldForm field={row} types={types} mayBeMissing={mayBeMissing} depth={depth} {...given} />}
    />
  )
}

function range({ minimum, maximum, choices, max_items, fields }: StrategyInput) {
  if (max_items) return `≤ ${max_items}`
  if (fields?.length) return fields.map(({ name }) => name).join(', ')
  if (choices && Object.keys(choices).length) return Object.keys(choices).length
  return minimum === undefined || minimum === null ? '' : `${minimum} – ${maximum ?? ''}`
}

interface FieldFormProps {
  field: StrategyInput | null
  types: string[]
  mayBeMissing: boolean
  depth: number
  taken: string[]
  onKeep: (field: StrategyInput) => void
  onClose: () => void
}

function FieldForm({ field, types, mayBeMissing, depth, taken, onKeep, onClose }: FieldFormProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm<Typed>()
  const type = (Form.useWatch('type', form) as string | undefined) ?? field?.type ?? ''
  const missing = (Form.useWatch('missing', form) as string | undefined) ?? field?.missing
  const inner = depth + 1 < MOST_DEEP ? types : types.filter((one) => !WHOLE.includes(one))
  const offered = !type || types.includes(type) ? types : [...types, type]
  const text = (name: keyof Typed, label: string, { isRequired = true, pattern }: { isRequired?: boolean; pattern?: RegExp } = {}) => (
    <Form.Item name={name} label={label} rules={[{ required: isRequired }, ...(pattern ? [{ pattern, message: say('strategy.number_form') }] : [])]}>
      <Input />
    </Form.Item>
  )
  return (
    <Modal open title={field ? field.name : say('strategy.add_field')} onCancel={onClose} onOk={() => form.submit()}>
      <Form<Typed> name={`field-${depth}`} form={form} layout="vertical" size="small" initialValues={typedField(field, types)} onFinish={(typed) => onKeep(fieldRead(typed))}>
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
          <Select options={offered.map((value) => ({ value, label: labels.enumText('StrategyFieldType', value) }))} />
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
        {type === 'list' && text('max_items', say('strategy.max_items'), { pattern: COUNT })}
        {type === 'list' && (
          <Form.Item name="items" label={say('strategy.items')} rules={[{ required: true }]}>
            <ItemInput types={inner} depth={depth + 1} />
          </Form.Item>
        )}
        {type === 'record' && (
          <Form.Item name="fields" label={say('strategy.parts')} rules={[{ required: true, type: 'array', min: 1 }]}>
            <PartsInput types={inner} depth={depth + 1} />
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

interface NestedProps<T> {
  types: string[]
  depth: number
  value?: T
  onChange?: (value: T) => void
}

/** What a list holds: one field, in a window of its own. */
function ItemInput({ types, depth, value, onChange }: NestedProps<StrategyInput>) {
  const say = useWords()
  const labels = useLabels()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  const [isOpen, setOpen] = useState(false)
  const keep = (item: StrategyInput) => {
    onChange?.(item)
    setOpen(false)
  }
  return (
    <Space>
      {value && say('strategy.item_is', { name: value.words[side], kind: labels.enumText('StrategyFieldType', value.type) })}
      <Button size="small" onClick={() => setOpen(true)}>
        {say('strategy.edit_item')}
      </Button>
      {isOpen && (
        <FieldForm field={value ?? null} types={types} mayBeMissing={false} depth={depth} taken={[]} onKeep={keep} onClose={() => setOpen(false)} />
      )}
    </Space>
  )
}

/** The parts of a record: fields as those of the contract. */
function PartsInput({ types, depth, value = [], onChange }: NestedProps<StrategyInput[]>) {
  return <FieldCatalogue fields={value} types={types} mayBeMissing depth={depth} onChange={(fields) => onChange?.(fields)} />
}
