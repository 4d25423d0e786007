import { Card } from 'antd'
import type { Data, DetailSpec } from '../../detail/spec'
import { PendingInput } from './PendingInput'

/** A registration that waits for a second person: what was entered, by whom, and the decision. */
export const pendingSpec: DetailSpec = {
  read: '/pending-commands/{pending_no}',
  title: ['command', 'pending_no'],
  states: ['state'],
  figures: ['amount'],
  enums: { state: 'PendingState', command: 'Command' },
  hidden: ['payload'],
  below: (data) => (
    <Card variant="borderless">
      <PendingInput command={String(data.command)} payload={data.payload as Data} />
    </Card>
  ),
}
