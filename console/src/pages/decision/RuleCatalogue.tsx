import { Form, Input, Modal, Select } from 'antd'
import { StateTag } from '../../components/StateTag'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { Catalogue } from './Catalogue'
import type { StrategyRule } from './decision'

const SEVERITIES = ['knock_out', 'refer', 'condition']
const CONDITION = 'condition'
const CODE = /^[A-Z]\d{2,4}$/

interface Typed extends Omit<StrategyRule, 'name' | 'explanation'> {
  name_zh: string
  name_en: string
  explanation_zh: string
  explanation_en: string
}

interface RuleCatalogueProps {
  rules: StrategyRule[]
  onChange: (rules: StrategyRule[]) => void
}

/** The rules that a graph may fire: what each code means and how it is worded. Rows of the graph name them by code. */
export function RuleCatalogue({ rules, onChange }: RuleCatalogueProps) {
  const say = useWords()
  const labels = useLabels()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  return (
    <Catalogue<StrategyRule>
      rows={rules}
      keyOf={({ code }) => code}
      addLabel={say('strategy.add_rule')}
      removeHint={say('strategy.remove_rule_hint')}
      onChange={onChange}
      columns={[
        { title: labels.field('code'), dataIndex: 'code', width: 80 },
        { title: labels.field('rule_severity'), render: (_, { severity }) => <StateTag name="RuleSeverity" value={severity} /> },
        { title: labels.field('rule_name'), render: (_, { name }) => name[side] },
        { title: labels.field('explanation'), render: (_, { explanation }) => explanation[side] },
        { title: labels.field('scenario'), dataIndex: 'scenario' },
        { title: labels.field('reason_code'), render: (_, { reason }) => labels.enumText('ReasonCode', reason) },
        { title: labels.field('owner_team'), dataIndex: 'owner' },
      ]}
      form={({ row, ...given }) => <RuleForm rule={row} {...given} />}
    />
  )
}

interface RuleFormProps {
  rule: StrategyRule | null
  taken: string[]
  onKeep: (rule: StrategyRule) => void
  onClose: () => void
}

function RuleForm({ rule, taken, onKeep, onClose }: RuleFormProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm<Typed>()
  const severity = Form.useWatch('severity', form)
  const send = ({ name_zh, name_en, explanation_zh, explanation_en, ...own }: Typed) => {
    const said = Object.fromEntries(Object.entries(own).filter(([, value]) => value)) as unknown as Omit<StrategyRule, 'name' | 'explanation'>
    onKeep({ ...said, name: { zh: name_zh, en: name_en }, explanation: { zh: explanation_zh, en: explanation_en } })
  }
  const text = (name: keyof Typed, label: string, isRequired = true) => (
    <Form.Item name={name} label={label} rules={[{ required: isRequired }]}>
      <Input />
    </Form.Item>
  )
  const choice = (name: keyof Typed, label: string, options: { value: string; label: string }[]) => (
    <Form.Item name={name} label={label} rules={[{ required: true }]}>
      <Select options={options} />
    </Form.Item>
  )
  return (
    <Modal open title={rule ? rule.code : say('strategy.add_rule')} onCancel={onClose} onOk={() => form.submit()}>
      <Form<Typed> form={form} layout="vertical" size="small" initialValues={typedRule(rule)} onFinish={send}>
        <Form.Item
          name="code"
          label={labels.field('code')}
          rules={[
            { required: true, pattern: CODE, message: say('strategy.code_form') },
            {
              validator: (_, code: string) =>
                taken.includes(code) ? Promise.reject(new Error(say('strategy.code_taken'))) : Promise.resolve(),
            },
          ]}
        >
          <Input disabled={rule !== null} />
        </Form.Item>
        {choice('severity', labels.field('rule_severity'), SEVERITIES.map((value) => ({ value, label: labels.enumText('RuleSeverity', value) })))}
        {choice('reason', labels.field('reason_code'), labels.members('ReasonCode'))}
        {text('owner', labels.field('owner_team'))}
        {text('name_zh', labels.field('name_zh'))}
        {text('name_en', labels.field('name_en'))}
        {text('explanation_zh', labels.field('explanation_zh'))}
        {text('explanation_en', labels.field('explanation_en'))}
        {choice('unit', labels.field('unit'), labels.members('RuleUnit'))}
        {text('field', labels.field('field'), false)}
        {text('scenario', labels.field('scenario'), false)}
        {text('check', labels.field('check_code'), false)}
        {severity === CONDITION && text('demands', labels.field('demands'))}
      </Form>
    </Modal>
  )
}

function typedRule(rule: StrategyRule | null): Partial<Typed> {
  if (!rule) return { unit: 'none' }
  const { name, explanation, ...own } = rule
  return { ...own, name_zh: name.zh, name_en: name.en, explanation_zh: explanation.zh, explanation_en: explanation.en }
}
