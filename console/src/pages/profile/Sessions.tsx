import { Card, Table, Tag } from 'antd'
import { useActor } from '../../api/session'
import type { components } from '../../api/schema'
import { CommandButton } from '../../form/CommandButton'
import { showDateTime } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'
import { deviceName } from './device'

type SignIn = components['schemas']['SignInOut']

/** Where a person is signed in; any other place can be signed out from here. */
export function Sessions({ sessions }: { sessions: SignIn[] }) {
  const say = useWords()
  const labels = useLabels()
  const { signInId } = useActor()
  return (
    <Card variant="borderless" title={labels.field('sign_ins')}>
      <Table<SignIn>
        size="small"
        rowKey="id"
        pagination={false}
        dataSource={sessions}
        columns={[
          {
            title: labels.field('device'),
            render: (_, { id, device }) => (
              <span title={device}>
                {deviceName(device)} {id === signInId && <Tag color="success">{say('profile.this_session')}</Tag>}
              </span>
            ),
          },
          { title: labels.field('ip'), dataIndex: 'ip' },
          { title: labels.field('signed_in_at'), render: (_, { signed_in_at }) => showDateTime(signed_in_at) },
          { title: labels.field('expires_at'), render: (_, { expires_at }) => showDateTime(expires_at) },
          {
            title: say('ledger.actions'),
            render: (_, { id }) => id !== signInId && <CommandButton isLink command="sign_in_end" fixed={{ sign_in_id: id }} />,
          },
        ]}
      />
    </Card>
  )
}
