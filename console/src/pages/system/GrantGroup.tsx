import { Card, Flex, Select, Table, Typography } from 'antd'
import { useLabels, useWords } from '../../i18n/words'
import { granted, SCOPES, type Grants, type Permission, type Scope } from './role'

interface GrantGroupProps {
  title: string
  permissions: Permission[]
  grants: Grants
  isDisabled: boolean
  onChange: (grants: Grants) => void
}

/** The permissions of one module; all of them at once, or one by one. */
export function GrantGroup({ title, permissions, grants, isDisabled, onChange }: GrantGroupProps) {
  const labels = useLabels()
  const say = useWords()
  const count = permissions.filter(({ permission }) => permission in grants).length
  const grantAll = (scope: Scope | null) => onChange(permissions.reduce((all, { permission }) => granted(all, permission, scope), grants))
  return (
    <Card
      size="small"
      variant="borderless"
      title={
        <Flex gap="small">
          {title}
          <Typography.Text type="secondary">{`${count} / ${permissions.length}`}</Typography.Text>
        </Flex>
      }
      extra={!isDisabled && <ScopeSelect label={say('role.whole_module')} value={null} onChange={grantAll} />}
    >
      <Table<Permission>
        size="small"
        rowKey="permission"
        showHeader={false}
        dataSource={permissions}
        pagination={false}
        columns={[
          { key: 'name', render: (_, { permission }) => <span title={permission}>{labels.permission(permission)}</span> },
          {
            key: 'scope',
            width: 220,
            render: (_, { permission }) => (
              <ScopeSelect
                label={labels.permission(permission)}
                value={grants[permission] ?? null}
                isDisabled={isDisabled}
                onChange={(scope) => onChange(granted(grants, permission, scope))}
              />
            ),
          },
        ]}
      />
    </Card>
  )
}

interface ScopeSelectProps {
  label: string
  value: Scope | null
  isDisabled?: boolean
  onChange: (scope: Scope | null) => void
}

const NOTHING = 'nothing'

function ScopeSelect({ label, value, isDisabled = false, onChange }: ScopeSelectProps) {
  const say = useWords()
  const labels = useLabels()
  const scopes = SCOPES.map((scope) => ({ value: scope, label: labels.enumText('ScopeKind', scope) }))
  return (
    <Select<string>
      size="small"
      style={{ width: 200 }}
      aria-label={label}
      disabled={isDisabled}
      placeholder={value === null && label === say('role.whole_module') ? label : say('role.not_granted')}
      value={value}
      onChange={(scope) => onChange(scope === NOTHING ? null : (scope as Scope))}
      options={[{ value: NOTHING, label: say('role.not_granted') }, ...scopes]}
    />
  )
}
