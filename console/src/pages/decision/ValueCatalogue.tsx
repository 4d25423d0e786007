import { Form, Input, Modal, Select } from 'antd'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { Catalogue } from './Catalogue'
import type { Policy, PolicyValue, StrategyInput } from './decision'

const WHOLE_NUMBER = /^-?\d+$/
const DECIMAL = /^-?\d+(\.\d{1,8})?$/

interface ValueCatalogueProps {
  policy: Policy
  parameters: StrategyInput[]
  onChange: (values: PolicyValue[]) => void
}

const keyOf = ({ parameter, scenario }: Pick<PolicyValue, 'parameter' | 'scenario'>) => `${parameter} ${scenario ?? ''}`

/** The policy values that ship with a version: one for everybody, and others for scenarios. */
export function ValueCatalogue({ policy, parameters, onChange }: ValueCatalogueProps) {
  const say = useWords()
  const labels = useLabels()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  const words = Object.fromEntries(parameters.map(({ name, words: named }) => [name, named[side]]))
  const scenarios = Object.fromEntries((policy.scenarios ?? []).map(({ code, name }) => [code, name[side]]))
  return (
    <Catalogue<PolicyValue>
      rows={policy.values ?? []}
      keyOf={keyOf}
      addLabel={say('strategy.add_value')}
      removeHint={say('strategy.remove_value_hint')}
      onChange={onChange}
      columns={[
        { title: labels.field('parameter_name'), render: (_, { parameter }) => words[parameter] ?? parameter },
        { title: labels.field('parameter'), dataIndex: 'parameter' },
        { title: labels.field('scenario'), render: (_, { scenario }) => (scenario ? (scenarios[scenario] ?? scenario) : say('strategy.any')) },
        { title: labels.field('policy_value'), render: (_, { value }) => String(value) },
      ]}
      form={({ row, ...given }) => <ValueForm value={row} parameters={parameters} words={words} scenarios={scenarios} {...given} />}
    />
  )
}

interface ValueFormProps {
  value: PolicyValue | null
  parameters: StrategyInput[]
  words: Record<string, string>
  scenarios: Record<string, string>
  taken: string[]
  onKeep: (value: PolicyValue) => void
  onClose: () => void
}

interface Typed {
  parameter: string
  scenario?: string
  value: string
}

function ValueForm({ value, parameters, words, scenarios, taken, onKeep, onClose }: ValueFormProps) {
  const say = useWords()
  const labels = useLabels()
  const [form] = Form.useForm<Typed>()
  const parameter = (Form.useWatch('parameter', form) as string | undefined) ?? value?.parameter
  const kind = parameters.find(({ name }) => name === parameter)?.type
  const isWholeNumber = kind === 'integer' || kind === 'money'
  const options = (named: Record<string, string>) => Object.entries(named).map(([code, label]) => ({ value: code, label: `${label} (${code})` }))
  const keep = ({ parameter: name, scenario, value: typed }: Typed) =>
    onKeep({
      parameter: name,
      value: kind === 'bool' ? typed === 'true' : isWholeNumber ? Number(typed) : typed,
      ...(scenario ? { scenario } : {}),
    })
  return (
    <Modal open title={say('strategy.add_value')} onCancel={onClose} onOk={() => form.submit()}>
      <Form<Typed> form={form} layout="vertical" size="small" initialValues={value ? { ...value, value: String(value.value) } : {}} onFinish={keep}>
        <Form.Item name="parameter" label={labels.field('parameter')} rules={[{ required: true }]}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={options(words)} />
        </Form.Item>
        <Form.Item
          name="scenario"
          label={labels.field('scenario')}
          dependencies={['parameter']}
          rules={[
            {
              validator: (_, scenario?: string) =>
                taken.includes(keyOf({ parameter: form.getFieldValue('parameter') as string, scenario }))
                  ? Promise.reject(new Error(say('strategy.value_taken')))
                  : Promise.resolve(),
            },
          ]}
        >
          <Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={say('strategy.any')} options={options(scenarios)} />
        </Form.Item>
        <Form.Item
          name="value"
          label={labels.field('policy_value')}
          rules={[
            { required: true },
            ...(kind === 'bool' ? [] : [{ pattern: isWholeNumber ? WHOLE_NUMBER : DECIMAL, message: say('strategy.number_form') }]),
          ]}
        >
          {kind === 'bool' ? <Select options={['true', 'false'].map((one) => ({ value: one, label: say(one === 'true' ? 'common.yes' : 'common.no') }))} /> : <Input />}
        </Form.Item>
      </Form>
    </Modal>
  )
}
