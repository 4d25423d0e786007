import { useQuery } from '@tanstack/react-query'
import { Card, Flex } from 'antd'
import { useSearchParams } from 'react-router'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { periodNo, useLegalEntities, type TrialBalanceAnswer } from './books'
import { TrialChoice, type Choice } from './TrialChoice'
import { TrialTable } from './TrialTable'

/** The trial balance of one company over months; an account opens its ledger. */
export default function TrialBalance() {
  const [choice, choose] = useChoice()
  const { data, error, refetch } = useQuery({
    queryKey: ['trial-balance', choice],
    queryFn: ({ signal }) => get<TrialBalanceAnswer>('/trial-balance', queryOf(choice), signal),
    enabled: choice.entity !== null,
    placeholderData: (previous) => previous,
  })
  return (
    <Flex vertical gap="middle">
      <Card variant="borderless">
        <TrialChoice choice={choice} onChange={choose} balance={data} />
      </Card>
      {error && <Failure error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && !error && choice.entity !== null && <TrialTable balance={data} entity={choice.entity} />}
    </Flex>
  )
}

function queryOf({ entity, from, to, level }: Choice) {
  return { legal_entity_id: entity ?? 0, period_from: periodNo(from), period_to: periodNo(to), level }
}

/** What is shown, kept in the address so that the way back from a ledger leads here again. */
function useChoice(): [Choice, (next: Choice) => void] {
  const { businessDate } = useActor()
  const { data: entities } = useLegalEntities()
  const [params, setParams] = useSearchParams()
  const month = businessDate.slice(0, 7)
  const choice = {
    entity: Number(params.get('entity')) || (entities?.[0]?.id ?? null),
    from: params.get('from') ?? month,
    to: params.get('to') ?? month,
    level: Number(params.get('level')) || 4,
  }
  const choose = ({ entity, from, to, level }: Choice) =>
    setParams({ from, to, level: `${level}`, ...(entity === null ? {} : { entity: `${entity}` }) }, { replace: true })
  return [choice, choose]
}
