import { Alert, Card, Descriptions, Empty, Flex, Progress, Statistic, Table, Typography } from 'antd'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Money } from '../../components/Money'
import { StateTag } from '../../components/StateTag'
import { showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { useLabels, useWords } from '../../i18n/words'
import { usePart } from './usePart'

type Affordability = components['schemas']['AffordabilityOut']
type Burden = components['schemas']['BurdenOut']

const AMOUNTS = [
  'stated_income', 'verified_income', 'income', 'declared_debt', 'debt', 'instalment', 'dues', 'money_left', 'unsecured_debt',
  'guaranteed_debt', 'exposure', 'instalment_max',
] as const

/** What the applicant earns and owes each month, and what the decision would lend, under which conditions. */
export function AffordabilitySection({ id }: { id: number }) {
  const say = useWords()
  const { data, error } = usePart<Affordability>(`/applications/${id}/affordability`)
  return (
    <Card variant="borderless" title={say('application.affordability')} loading={data === undefined && !error}>
      {error && <Failure error={error} />}
      {data === null && <Empty description={say('application.no_decision')} />}
      {data && (
        <Flex vertical gap="middle">
          <Suggested found={data} />
          {data.burden && <BurdenFacts burden={data.burden} />}
        </Flex>
      )}
    </Card>
  )
}

/** The amount that is suggested, what holds it down, and what the case would need. */
function Suggested({ found }: { found: Affordability }) {
  const say = useWords()
  const labels = useLabels()
  const amounts = ['requested_amount', 'suggested_amount', 'limit_amount'] as const
  return (
    <Flex gap="large" wrap>
      <Flex vertical gap="small" style={{ flex: '1 1 320px' }}>
        <Flex gap="large" wrap>
          {amounts.map((key) => (
            <Statistic key={key} title={labels.field(key)} value={found[key] === null ? '-' : showYuan(found[key])} />
          ))}
          <Statistic title={labels.field('grade')} value={found.grade ?? '-'} />
          <Statistic title={labels.field('ltv')} value={found.ltv === null ? '-' : showRate(found.ltv)} />
        </Flex>
        {found.suggested_conditions.map(({ condition_code: code, says }) => (
          <Alert key={code} type="warning" showIcon title={<><StateTag name="ConditionCode" value={code} /> {says}</>} />
        ))}
        {found.limit_amount === null && <Alert type="warning" showIcon title={say('application.no_suggestion')} />}
        {isAsRequested(found) && <Alert type="success" showIcon title={say('application.as_requested')} />}
        <Typography.Text type="secondary">{say('application.suggestion_hint')}</Typography.Text>
      </Flex>
      <Table
        size="small"
        rowKey="amount_bound"
        style={{ flex: '0 1 320px' }}
        title={() => labels.field('bounds')}
        dataSource={found.bounds}
        pagination={false}
        columns={[
          { title: labels.field('amount_bound'), render: (_, { amount_bound: bound }) => labels.enumText('AmountBound', bound) },
          { title: labels.field('amount'), align: 'right', render: (_, { amount }) => <Money value={amount} /> },
        ]}
      />
    </Flex>
  )
}

/** Nothing would have to change; of a decision that gave no limit nothing is known. */
function isAsRequested({ limit_amount: limit, suggested_conditions: conditions }: Affordability): boolean {
  return limit !== null && !conditions.length
}

function BurdenFacts({ burden }: { burden: Burden }) {
  const labels = useLabels()
  const given = AMOUNTS.filter((key) => burden[key] !== null)
  return (
    <Flex gap="large" wrap>
      <Flex vertical align="center" style={{ flex: '0 0 180px' }}>
        <Progress
          type="dashboard"
          percent={Math.min(100, Math.round(Number(burden.dsr) * 100))}
          format={() => showRate(burden.dsr)}
          status={isAbove(burden.dsr, burden.dsr_refer) ? 'exception' : 'success'}
        />
        <Typography.Text>{labels.field('dsr')}</Typography.Text>
        <Typography.Text type="secondary">
          {labels.field('dsr_refer')} {burden.dsr_refer === null ? '-' : showRate(burden.dsr_refer)} · {labels.field('dsr_decline')}{' '}
          {burden.dsr_decline === null ? '-' : showRate(burden.dsr_decline)}
        </Typography.Text>
      </Flex>
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, xl: 3 }}
        style={{ flex: '1 1 480px' }}
        items={[
          ...given.map((key) => ({ key, label: labels.field(key), children: <Money value={burden[key] ?? '0'} /> })),
          ...(burden.dti === null ? [] : [{ key: 'dti', label: labels.field('dti'), children: showRate(burden.dti) }]),
        ]}
      />
    </Flex>
  )
}

function isAbove(rate: string, line: string | null): boolean {
  return line !== null && Number(rate) > Number(line)
}
