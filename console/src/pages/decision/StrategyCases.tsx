import { Alert, Button, Card, Col, Flex, Form, Input, InputNumber, Row, Select, Switch, Typography } from 'antd'
import { useState } from 'react'
import { StateTag } from '../../components/StateTag'
import type { Data } from '../../detail/spec'
import { fen, yuan } from '../../format/money'
import { AnyInput } from '../../form/inputs/AnyInput'
import { DateInput } from '../../form/inputs/DateInput'
import { MoneyInput } from '../../form/inputs/MoneyInput'
import { RateInput } from '../../form/inputs/RateInput'
import { useCommand } from '../../form/useCommand'
import { errorText, useLanguage, useWords } from '../../i18n/words'
import { type DecisionAnswer, type GoldenCase, inputsOf, type StrategyInput } from './decision'
import { Reasons } from './Reasons'

/** Golden cases of a version: what they expect, and what comes of them when an input is changed. */
export default function StrategyCases({ version }: { version: Data }) {
  const say = useWords()
  const cases = version.cases as GoldenCase[]
  const { inputs = [] } = version.input_contract as { inputs?: StrategyInput[] }
  const [chosen, setChosen] = useState(0)
  const golden = cases[chosen]
  return (
    <Flex vertical gap="middle">
      <Alert type="info" showIcon title={say('strategy.try_hint')} />
      <Select<number>
        value={chosen}
        showSearch={{ optionFilterProp: 'label' }}
        options={cases.map((one, index) => ({ value: index, label: one.name }))}
        onChange={setChosen}
        aria-label={say('strategy.case_name')}
        style={{ maxWidth: 480 }}
      />
      {golden && (
        <Try key={chosen} golden={{ ...golden, inputs: inputsOf(golden, cases) }} inputs={inputs} versionId={version.id as number} />
      )}
    </Flex>
  )
}

interface TryProps {
  golden: GoldenCase
  inputs: StrategyInput[]
  versionId: number
}

function Try({ golden, inputs, versionId }: TryProps) {
  const say = useWords()
  const { run, isBusy } = useCommand<DecisionAnswer>('decision_try')
  const [answer, setAnswer] = useState<DecisionAnswer | null>(null)
  const [problem, setProblem] = useState('')
  const send = async (typed: Record<string, unknown>) => {
    const given = { ...golden.inputs, ...givenOf(typed, inputs) }
    try {
      setProblem('')
      setAnswer((await run({ strategy_version_id: versionId, inputs: given }))?.result ?? null)
    } catch (error) {
      setProblem(errorText(error, say))
    }
  }
  return (
    <Row gutter={16}>
      <Col xs={24} xl={14}>
        <Form layout="vertical" size="small" initialValues={typedOf(golden.inputs, inputs)} onFinish={(typed: Record<string, unknown>) => void send(typed)}>
          <Row gutter={12}>
            {inputs.map((input) => (
              <Col key={input.name} span={8}>
                <CaseField input={input} />
              </Col>
            ))}
          </Row>
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {say('strategy.try')}
          </Button>
        </Form>
      </Col>
      <Col xs={24} xl={10}>
        <Card size="small" style={{ position: 'sticky', top: 72 }}>
          <Typography.Text type="secondary">{say('strategy.expected')}</Typography.Text> <StateTag name="DecisionOutcome" value={golden.outcome} />
          {golden.rules.join(', ')}
          {problem && <Alert type="error" showIcon title={problem} />}
          {answer && (
            <Flex vertical gap="small" style={{ marginTop: 16 }}>
              <span>
                <StateTag name="DecisionOutcome" value={answer.outcome} /> {answer.score}
              </span>
              <Reasons answer={answer} />
            </Flex>
          )}
        </Card>
      </Col>
    </Row>
  )
}

function CaseField({ input }: { input: StrategyInput }) {
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
function typedOf(values: Record<string, unknown>, inputs: StrategyInput[]): Record<string, unknown> {
  return mapped(values, inputs, (value) => yuan(BigInt(value as number)))
}

function givenOf(values: Record<string, unknown>, inputs: StrategyInput[]): Record<string, unknown> {
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
