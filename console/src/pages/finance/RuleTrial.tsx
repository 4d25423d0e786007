import { Alert, Button, Card, Flex } from 'antd'
import { useState } from 'react'
import { commandRun } from '../../api/commands'
import { ApiError } from '../../api/error'
import { withoutEmpty, type Values } from '../../form/values'
import { errorText, useLabels, useWords } from '../../i18n/words'
import RuleSamples from './RuleSamples'
import type { Sample } from './rule'

/** Tries the rule as it stands on the form; nothing is kept. */
export function RuleTrial({ typed }: { typed: Values }) {
  const say = useWords()
  const labels = useLabels()
  const [samples, setSamples] = useState<Sample[]>([])
  const [problems, setProblems] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)

  const run = async () => {
    setBusy(true)
    setProblems([])
    try {
      const { rule, legal_entity_id } = withoutEmpty(typed) as Values
      const done = await commandRun<{ samples: Sample[] }>('posting_rule_try', { rule, legal_entity_id: legal_entity_id ?? null })
      setSamples(done.result?.samples ?? [])
    } catch (error) {
      setSamples([])
      const found = error instanceof ApiError ? error.fieldErrors.map(({ field, message }) => `${where(field)}${message}`) : []
      setProblems(found.length ? found : [errorText(error, say)])
    } finally {
      setBusy(false)
    }
  }
  const where = (field: string) => {
    const [, list, place, key] = field.split('.')
    if (list && place && key) return `${labels.field(list)} ${Number(place) + 1} · ${labels.field(key)}: `
    return list ? `${labels.field(list)}: ` : ''
  }
  return (
    <Card title={say('rule.trial')} extra={<Button loading={isBusy} onClick={() => void run()}>{labels.command('posting_rule_try')}</Button>}>
      <Flex vertical gap="middle">
        {problems.map((problem) => <Alert key={problem} type="error" showIcon title={problem} />)}
        {!samples.length && !problems.length && say('rule.trial_hint')}
        <RuleSamples samples={samples} />
      </Flex>
    </Card>
  )
}
