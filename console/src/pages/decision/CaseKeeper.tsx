import { Alert, Button, Flex, Input, Space } from 'antd'
import { useState } from 'react'
import { useWords } from '../../i18n/words'
import { type DecisionAnswer, type GoldenCase, keptCase, type Strategy } from './decision'
import StrategyCases, { type TriedCase } from './StrategyCases'

interface CaseKeeperProps {
  version: Strategy
  cases: GoldenCase[]
  /** What is tried is the saved draft, and something changed since. */
  isBehind: boolean
  onChange: (cases: GoldenCase[]) => void
  onDraw: (answer: DecisionAnswer) => void
}

/** The simulator of a draft: the server decides a case with what was saved last; it is drawn in the graph, or kept as a golden case. */
export function CaseKeeper({ version, cases, isBehind, onChange, onDraw }: CaseKeeperProps) {
  const say = useWords()
  const added = cases.length - version.cases.length
  return (
    <Flex vertical gap="small">
      {isBehind && <Alert type="warning" showIcon title={say('strategy.try_saved')} />}
      {added > 0 && <Alert type="success" showIcon title={say('strategy.case_added', { count: added })} />}
      <StrategyCases
        version={version}
        cases={cases}
        below={(tried) => <Acts tried={tried} cases={cases} onKeep={(kept) => onChange([...cases, kept])} onDraw={() => onDraw(tried.answer)} />}
      />
    </Flex>
  )
}

interface ActsProps {
  tried: TriedCase
  cases: GoldenCase[]
  onKeep: (golden: GoldenCase) => void
  onDraw: () => void
}

function Acts({ tried, cases, onKeep, onDraw }: ActsProps) {
  const say = useWords()
  const [name, setName] = useState('')
  const isTaken = cases.some((one) => one.name === name.trim())
  return (
    <Flex vertical gap="small" align="start">
      <Button onClick={onDraw}>{say('strategy.draw')}</Button>
      <Space.Compact>
        <Input
          value={name}
          maxLength={80}
          placeholder={say('strategy.case_name')}
          status={isTaken ? 'error' : ''}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          disabled={!name.trim() || isTaken}
          onClick={() => onKeep(keptCase(name.trim(), tried.golden, tried.inputs, tried.answer))}
        >
          {say('strategy.save_case')}
        </Button>
      </Space.Compact>
    </Flex>
  )
}
