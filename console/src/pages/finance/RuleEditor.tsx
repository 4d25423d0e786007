import { useQuery } from '@tanstack/react-query'
import { Alert, Card, Form, Select } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { CommandPage } from '../../form/CommandPage'
import type { FormGroups } from '../../form/groups'
import { useLabels, useWords } from '../../i18n/words'
import { RuleTrial } from './RuleTrial'
import type { Rule, RuleKind } from './rule'

const GROUPS: FormGroups = {
  rule: [
    { title: 'rule.group_head', keys: ['summary', 'amounts', 'is_red'] },
    { title: 'rule.group_lines', keys: ['lines'] },
    { title: 'rule.group_samples', keys: ['samples'] },
  ],
}
const DIMENSIONS = ['product_code', 'dealer_id', 'customer_id', 'contract_no', 'loan_no', 'bank_account']

/** A new version of a posting rule, begun from one that there is (`?from=7`). */
export default function RuleEditor() {
  const [address] = useSearchParams()
  const from = address.get('from')
  const { data, error } = useQuery({
    queryKey: ['detail', `/posting-rules/${from ?? ''}`],
    queryFn: () => get<Rule>(`/posting-rules/${from ?? ''}`),
    enabled: from !== null,
  })
  if (error) return <Failure error={error} />
  if (from === null) return <KindChoice />
  return data ? <Editor key={data.rule_id} version={data} /> : <Loading />
}

/** Which event's rule is to be changed; the version in force is what one begins with. */
function KindChoice() {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  const { data, error } = useQuery({ queryKey: ['posting-rule-kinds'], queryFn: () => get<RuleKind[]>('/posting-rule-kinds') })
  if (error) return <Failure error={error} />
  return (
    <Card title={say('rule.title')}>
      <Form layout="vertical">
        <Form.Item label={labels.field('kind')} htmlFor="kind" extra={say('rule.kind_hint')}>
          <Select
            id="kind"
            loading={!data}
            showSearch={{ optionFilterProp: 'label' }}
            options={(data ?? []).map(({ kind, rule_id, version }) => ({
              value: rule_id, label: `${labels.enumText('MoneyEventKind', kind)} · ${say('rule.version', { no: version })}`,
            }))}
            onChange={(rule: number) => void navigate(`/finance/rule-editor?from=${rule}`, { replace: true })}
          />
        </Form.Item>
      </Form>
    </Card>
  )
}

function Editor({ version }: { version: Rule }) {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  const { kind, legal_entity_id, rule } = version
  return (
    <>
      <Alert showIcon type="info" title={say('rule.hint')} style={{ marginBottom: 16 }} />
      <CommandPage
        command="posting_rule_create"
        title={`${labels.enumText('MoneyEventKind', kind)} · ${say('rule.from', { no: version.version })}`}
        values={{ legal_entity_id, rule }}
        fixed={{ kind }}
        groups={GROUPS}
        shapes={{ amounts: { choices: rule.amounts }, dimensions: { choices: DIMENSIONS } }}
        aside={(typed) => <RuleTrial typed={typed} />}
        onDone={({ result }) => void navigate(`/finance/posting-rules/${result?.rule_id as number}`)}
      />
    </>
  )
}
