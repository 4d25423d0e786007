import { useQuery } from '@tanstack/react-query'
import { Card, Col, Descriptions, Flex, Row, Tag, Typography } from 'antd'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { CommandButton } from '../../form/CommandButton'
import { showDateTime } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'
import { Sessions } from './Sessions'
import { TotpCard } from './TotpCard'

type Account = components['schemas']['OwnAccountOut']

/** A person's own account: who they are here, their password, their second factor, where they are signed in. */
export default function Profile() {
  const { data, error, refetch } = useQuery({ queryKey: ['account'], queryFn: () => get<Account>('/account') })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24}>
        <Person account={data} />
      </Col>
      <Col xs={24} lg={12}>
        <PasswordCard account={data} />
      </Col>
      <Col xs={24} lg={12}>
        <TotpCard isOn={data.is_totp_on} />
      </Col>
      <Col xs={24}>
        <Sessions sessions={data.sign_ins} />
      </Col>
    </Row>
  )
}

function Person({ account }: { account: Account }) {
  const labels = useLabels()
  const say = useWords()
  const shown = ['username', 'display_name', 'employee_no', 'department', 'position'] as const
  return (
    <Card variant="borderless" title={say('profile.title')}>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 3 }}
        items={[
          ...shown.map((key) => ({ key, label: labels.field(key), children: account[key] || '-' })),
          { key: 'roles', label: labels.field('roles'), children: account.roles.map((role) => <Tag key={role}>{role}</Tag>) },
        ]}
      />
    </Card>
  )
}

function PasswordCard({ account }: { account: Account }) {
  const labels = useLabels()
  const say = useWords()
  return (
    <Card variant="borderless" style={{ height: '100%' }} title={labels.field('password')} extra={<CommandButton command="password_change" isPrimary />}>
      <Flex vertical gap="small">
        <Typography.Text type="secondary">
          {labels.field('password_changed_at')} {showDateTime(account.password_changed_at) || '-'}
        </Typography.Text>
        <span>{say('profile.password_rules')}</span>
        <ul style={{ margin: 0 }}>
          {account.password_rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </Flex>
    </Card>
  )
}
