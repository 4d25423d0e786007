import { Form, Input, InputNumber, Select, Switch } from 'antd'
import { AnyInput } from '../../form/inputs/AnyInput'
import { DateInput } from '../../form/inputs/DateInput'
import { MoneyInput } from '../../form/inputs/MoneyInput'
import { RateInput } from '../../form/inputs/RateInput'
import { fen, yuan } from '../../format/money'
import { useLanguage } from '../../i18n/words'
import type { StrategyInput } from './decision'

export function CaseField({ input }: { input: StrategyInput }) {
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  return (
    <Form.Item name={input.name} label={input.words[side]} {...(input.type === 'bool' ? { valuePropName: 'checked' } : {})}>
      {inputFor(input, side)}
    </Form.Item>
  )
}

function inputFor(input: StrategyInput, side: 'zh' | 'en') {
  if (input.choices) {
    return <Select allowClear options={Object.entries(input.choices).map(([value, words]) => ({ value, label: words[side] }))} />
  }
  switch (input.type) {
    case 'bool':
      return <Switch />
    case 'integer':
      return <InputNumber precision={0} style={{ width: '100%' }} />
    case 'money':
      return <MoneyInput />
    case 'rate':
      return <RateInput />
    case 'date':
      return <DateInput />
    case 'text':
      return <Input allowClear />
    default:
      return <AnyInput />
  }
}

/** A case's inputs as they are typed: amounts are kept in fen and typed in yuan. */
export function typedOf(values: Record<string, unknown>, inputs: StrategyInput[]): Record<string, unknown> {
  return mapped(values, inputs, (value) => yuan(BigInt(value as number)))
}

export function givenOf(values: Record<string, unknown>, inputs: StrategyInput[]): Record<string, unknown> {
  return mapped(values, inputs, (value) => Number(fen(value as string)))
}

function mapped(values: Record<string, unknown>, inputs: StrategyInput[], amount: (value: unknown) => unknown): Record<string, unknown> {
  const isMoney = new Set(inputs.filter(({ type }) => type === 'money').map(({ name }) => name))
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      if (value == null || value === '') return [name, null]
      return [name, isMoney.has(name) ? amount(value) : value]
    }),
  )
}
