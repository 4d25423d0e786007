import { Alert, Button, Card, Flex, Input, Select, Table, Typography } from 'antd'
import { useState } from 'react'
import { useMay } from '../../form/CommandButton'
import { useCommand } from '../../form/useCommand'
import { errorText, useLabels, useWords } from '../../i18n/words'
import { granted, grantsOf, roleInput, SCOPES, type Grants, type Permission, type Role, type Scope } from './role'

/** The table of permissions with a scope each; saving sends all of them at once. */
export function RoleGrants({ role, permissions }: { role: Role; permissions: Permission[] }) {
  const say = useWords()
  const labels = useLabels()
  const mayEdit = useMay('role_save')
  const { run, isBusy } = useCommand('role_save')
  const [grants, setGrants] = useState<Grants>(() => grantsOf(role))
  const [term, setTerm] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setProblem(null)
    await run(roleInput(role, grants)).catch((error: unknown) => setProblem(errorText(error, say)))
  }
  const shown = permissions.filter(({ permission }) => `${permission} ${labels.permission(permission)}`.includes(term))
  return (
    <Card
      variant="borderless"
      title={`${role.code} ${role.name}`}
      extra={
        mayEdit && (
          <Button type="primary" loading={isBusy} onClick={() => void save()}>
            {labels.command('role_save')}
          </Button>
        )
      }
    >
      <Flex vertical gap="middle">
        {problem && <Alert type="error" showIcon title={problem} />}
        <Flex justify="space-between" align="center" wrap gap="middle">
          <Input.Search allowClear style={{ maxWidth: 320 }} placeholder={say('ledger.keyword')} onChange={(event) => setTerm(event.target.value)} />
          <span>{say('role.granted', { count: Object.keys(grants).length, all: permissions.length })}</span>
        </Flex>
        <Table<Permission>
          size="small"
          rowKey="permission"
          dataSource={shown}
          pagination={false}
          columns={[
            {
              title: labels.field('permission'),
              render: (_, { permission }) => (
                <>
                  {labels.permission(permission)} <Typography.Text type="secondary">{permission}</Typography.Text>
                </>
              ),
            },
            {
              title: labels.field('scope'),
              width: 220,
              render: (_, { permission }) => (
                <ScopeSelect
                  value={grants[permission] ?? null}
                  isDisabled={!mayEdit}
                  onChange={(scope) => setGrants(granted(grants, permission, scope))}
                />
              ),
            },
          ]}
        />
      </Flex>
    </Card>
  )
}

interface ScopeSelectProps {
  value: Scope | null
  isDisabled: boolean
  onChange: (scope: Scope | null) => void
}

function ScopeSelect({ value, isDisabled, onChange }: ScopeSelectProps) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Select<Scope>
      allowClear
      size="small"
      style={{ width: '100%' }}
      disabled={isDisabled}
      placeholder={say('role.not_granted')}
      value={value}
      onChange={(scope: Scope | undefined) => onChange(scope ?? null)}
      options={SCOPES.map((scope) => ({ value: scope, label: labels.enumText('ScopeKind', scope) }))}
    />
  )
}
