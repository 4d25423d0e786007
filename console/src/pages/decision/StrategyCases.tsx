import { Alert, Button, Card, Col, Flex, Form, Row, Select, Typography } from 'antd'
import { useState, type ReactNode } from 'react'
import { StateTag } from '../../components/StateTag'
import { useCommand } from '../../form/useCommand'
import { errorText, useWords } from '../../i18n/words'
import { CaseField, givenOf, typedOf } from './CaseField'
import { type DecisionAnswer, type GoldenCase, inputsDeclared, inputsOf, type Strategy, type StrategyInput } from './decision'
import { Reasons } from './Reasons'

/** A case that was tried: the golden case that it began with, what was put in, what came out. */
export interface TriedCase {
  golden: GoldenCase
  inputs: Record<string, unknown>
  answer: DecisionAnswer
}

interface StrategyCasesProps {
  version: Pick<Strategy, 'id' | 'input_contract'>
  cases: GoldenCase[]
  /** What may be done with a case that was tried. */
  below?: (tried: TriedCase) => ReactNode
}

/** Golden cases of a version: what they expect, and what comes of them when an input is changed. */
export default function StrategyCases({ version, cases, below }: StrategyCasesProps) {
  const say = useWords()
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
        <Try
          key={chosen}
          golden={{ ...golden, inputs: inputsOf(golden, cases) }}
          inputs={inputsDeclared(version)}
          versionId={version.id}
          below={below}
        />
      )}
    </Flex>
  )
}

interface TryProps {
  golden: GoldenCase
  inputs: StrategyInput[]
  versionId: number
  below: StrategyCasesProps['below']
}

function Try({ golden, inputs, versionId, below }: TryProps) {
  const say = useWords()
  const { run, isBusy } = useCommand<DecisionAnswer>('decision_try')
  const [tried, setTried] = useState<TriedCase | null>(null)
  const [problem, setProblem] = useState('')
  const send = async (typed: Record<string, unknown>) => {
    const given = { ...golden.inputs, ...givenOf(typed, inputs) }
    try {
      setProblem('')
      const done = await run({ strategy_version_id: versionId, inputs: given })
      if (done?.result) setTried({ golden, inputs: given, answer: done.result })
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
          <Button type="primary" htmlType="submit" loading={isBusy} style={{ position: 'sticky', bottom: 12 }}>
            {say('strategy.try')}
          </Button>
        </Form>
      </Col>
      <Col xs={24} xl={10}>
        <Card size="small" style={{ position: 'sticky', top: 72 }}>
          <Typography.Text type="secondary">{say('strategy.expected')}</Typography.Text> <StateTag name="DecisionOutcome" value={golden.outcome} />
          {golden.rules.join(', ')}
          {problem && <Alert type="error" showIcon title={problem} />}
          {tried && <Outcome tried={tried} below={below} />}
        </Card>
      </Col>
    </Row>
  )
}

function Outcome({ tried, below }: { tried: TriedCase; below: StrategyCasesProps['below'] }) {
  return (
    <Flex vertical gap="small" style={{ marginTop: 16 }}>
      <span>
        <StateTag name="DecisionOutcome" value={tried.answer.outcome} /> {tried.answer.score}
      </span>
      <Reasons answer={tried.answer} />
      {below?.(tried)}
    </Flex>
  )
}
