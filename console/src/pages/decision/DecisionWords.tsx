import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Flex, Typography } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { useWords } from '../../i18n/words'
import type { Decision, Replay } from './decision'
import { Reasons } from './Reasons'

/** Why a case was answered so, and the proof that it would be answered so again. */
export default function DecisionWords({ decision }: { decision: Decision }) {
  return (
    <Flex vertical gap="middle" style={{ marginTop: 16 }}>
      <Reasons answer={decision} />
      <ReplayButton recordId={decision.id} />
    </Flex>
  )
}

function ReplayButton({ recordId }: { recordId: number }) {
  const say = useWords()
  const [isAsked, setAsked] = useState(false)
  const { data, error, isFetching } = useQuery({
    queryKey: ['replay', recordId],
    queryFn: () => get<Replay>(`/decisions/${recordId}/replay`),
    enabled: isAsked,
  })
  return (
    <Flex vertical gap="small" align="start">
      <Flex gap="small" align="center" wrap>
        <Button loading={isFetching} onClick={() => setAsked(true)}>
          {say('decision.replay')}
        </Button>
        <Typography.Text type="secondary">{say('decision.replay_hint')}</Typography.Text>
      </Flex>
      {error && <Failure error={error} />}
      {data && <Verdict replay={data} />}
    </Flex>
  )
}

function Verdict({ replay }: { replay: Replay }) {
  const say = useWords()
  if (!replay.is_record_intact) return <Alert type="error" showIcon title={say('decision.changed')} />
  if (!replay.is_same) return <Alert type="error" showIcon title={say('decision.different')} />
  return <Alert type="success" showIcon title={say('decision.same')} />
}
