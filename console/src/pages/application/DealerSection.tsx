import { Card, Flex } from 'antd'
import { lazy, Suspense } from 'react'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { StateTag } from '../../components/StateTag'
import { CommandButton } from '../../form/CommandButton'
import { useWords } from '../../i18n/words'
import { LinkedValue } from '../../routes/links'
import { useSeesSignals } from '../dealer/useSeesSignals'
import type { Case } from './case'
import { usePart } from './usePart'

const DealerSignals = lazy(() => import('../dealer/DealerSignals'))

type Dealer = components['schemas']['DealerDetail']

/** The dealer behind the case: how it stands, how its months were, and the way to look at it more closely. */
export function DealerSection({ found }: { found: Case }) {
  const say = useWords()
  const id = found.dealer_id ?? 0
  const sees = useSeesSignals()
  const { data, error } = usePart<Dealer>(`/dealers/${id}`)
  return (
    <Card
      variant="borderless"
      title={say('application.dealer')}
      extra={data && <CommandButton command="dealer_control_set" actions={data.actions} fixed={{ dealer_id: id }} />}
    >
      {error && <Failure error={error} />}
      <Flex vertical gap="middle">
        <Flex gap="small" align="center" wrap>
          <LinkedValue name="dealer_name" data={{ ...found }}>{found.dealer_name}</LinkedValue>
          {data && <StateTag name="DealerState" value={data.state} />}
          {data && <StateTag name="DealerGrade" value={data.grade} />}
          {data?.flexible_control && <StateTag name="ControlLevel" value={data.flexible_control.control_level} />}
        </Flex>
        {sees && (
          <Suspense fallback={<Loading />}>
            <DealerSignals id={id} />
          </Suspense>
        )}
      </Flex>
    </Card>
  )
}
