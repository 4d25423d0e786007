import { Card } from 'antd'
import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { DetailSpec } from '../../detail/spec'
import { useWords } from '../../i18n/words'
import { useSeesSignals } from './useSeesSignals'

const DealerSignals = lazy(() => import('./DealerSignals'))

/** How the dealer's months were; nothing for its own people. */
function Signals({ id }: { id: number }) {
  const say = useWords()
  if (!useSeesSignals()) return null
  return (
    <Card variant="borderless" title={say('dealer.signals')}>
      <Suspense fallback={<Loading />}>
        <DealerSignals id={id} />
      </Suspense>
    </Card>
  )
}

/** A dealer: its particulars, its months, and whether it is under flexible control. */
export const dealerSpec: DetailSpec = {
  read: '/dealers/{dealer_id}',
  title: ['dealer_no', 'name'],
  states: ['state', 'grade'],
  optional: ['flexible_control'],
  lists: ['applications', 'loans', 'dealer_controls'].map((listing) => ({ listing, by: 'dealer_id' })),
  below: (data) => <Signals id={data.id as number} />,
}
