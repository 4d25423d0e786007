import { Flex, Typography } from 'antd'
import { useWords } from '../../i18n/words'
import type { InputContract, StrategyContent, StrategyInput } from './decision'
import { FieldCatalogue } from './FieldCatalogue'
import { ValueCatalogue } from './ValueCatalogue'

/** Kinds of value that a policy may have, and those that a case or an answer may. */
const POLICY_TYPES = ['integer', 'money', 'rate', 'bool']
const FIELD_TYPES = [...POLICY_TYPES, 'enum', 'date', 'text', 'list', 'record']

interface FieldsTabProps {
  content: StrategyContent
  onChange: (part: Partial<StrategyContent>) => void
}

/** What a version is told, which policy values it reads and with which it ships, and what it answers besides the outcome. */
export function FieldsTab({ content, onChange }: FieldsTabProps) {
  const say = useWords()
  const { input_contract: contract, policy } = content
  const withPart = (key: keyof InputContract) => (fields: StrategyInput[]) => onChange({ input_contract: { ...contract, [key]: fields } })
  const parameters = contract.policy ?? []
  return (
    <Flex vertical gap="large">
      <Typography.Text type="secondary">{say('strategy.fields_hint')}</Typography.Text>
      <div>
        <Typography.Title level={5}>{say('strategy.inputs')}</Typography.Title>
        <FieldCatalogue fields={contract.inputs ?? []} types={FIELD_TYPES} mayBeMissing onChange={withPart('inputs')} />
      </div>
      <div>
        <Typography.Title level={5}>{say('strategy.parameters')}</Typography.Title>
        <FieldCatalogue fields={parameters} types={POLICY_TYPES} onChange={withPart('policy')} />
      </div>
      <div>
        <Typography.Title level={5}>{say('strategy.values')}</Typography.Title>
        <ValueCatalogue policy={policy} parameters={parameters} onChange={(values) => onChange({ policy: { ...policy, values } })} />
      </div>
      <div>
        <Typography.Title level={5}>{say('strategy.results')}</Typography.Title>
        <FieldCatalogue fields={contract.results ?? []} types={FIELD_TYPES} onChange={withPart('results')} />
      </div>
    </Flex>
  )
}
