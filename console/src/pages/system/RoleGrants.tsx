import { Alert, Button, Card, Flex, Input, Switch, Tag } from 'antd'
import { useState } from 'react'
import { useMay } from '../../form/CommandButton'
import { useCommand } from '../../form/useCommand'
import { errorText, useLabels, useWords } from '../../i18n/words'
import { Ledger } from '../../ledger/Ledger'
import { GrantGroup } from './GrantGroup'
import { changesOf, grantsOf, roleInput, type Grants, type Permission, type Role } from './role'

/** The permissions of one role by module, each with the data that it reaches; saved together. */
export function RoleGrants({ role, permissions }: { role: Role; permissions: Permission[] }) {
  const say = useWords()
  const labels = useLabels()
  const mayEdit = useMay('role_save')
  const { run, isBusy } = useCommand('role_save')
  const [edited, setEdited] = useState(role)
  const [grants, setGrants] = useState<Grants>(() => grantsOf(role))
  const [term, setTerm] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const changes = changesOf(role, edited, grants)
  const save = async () => {
    setProblem(null)
    await run(roleInput(edited, grants)).catch((error: unknown) => setProblem(errorText(error, say)))
  }
  const found = permissions.filter(({ permission }) => `${permission} ${labels.permission(permission)}`.includes(term))
  const contexts = [...new Set(found.map(({ context }) => context))]
  return (
    <Flex vertical gap="middle">
      <Card
        variant="borderless"
        style={{ position: 'sticky', top: 56, zIndex: 5 }}
        title={`${role.name} ${role.code}`}
        extra={
          mayEdit && (
            <Flex gap="small" align="center">
              {changes > 0 && <Tag color="warning">{say('role.unsaved', { count: changes })}</Tag>}
              <Button disabled={!changes} onClick={() => { setEdited(role); setGrants(grantsOf(role)) }}>
                {say('role.restore')}
              </Button>
              <Button type="primary" disabled={!changes} loading={isBusy} onClick={() => void save()}>
                {labels.command('role_save')}
              </Button>
            </Flex>
          )
        }
      >
        {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} />}
        <Flex align="center" wrap gap="middle">
          <Input
            style={{ maxWidth: 220 }}
            aria-label={labels.field('name')}
            disabled={!mayEdit}
            value={edited.name}
            maxLength={64}
            onChange={(event) => setEdited({ ...edited, name: event.target.value })}
          />
          <span>{labels.field('is_active')}</span>
          <Switch
            aria-label={labels.field('is_active')}
            disabled={!mayEdit}
            checked={edited.is_active}
            onChange={(isActive) => setEdited({ ...edited, is_active: isActive })}
          />
          <Input.Search allowClear style={{ maxWidth: 280 }} placeholder={say('role.search')} onChange={(event) => setTerm(event.target.value)} />
          <span>{say('role.granted', { count: Object.keys(grants).length, all: permissions.length })}</span>
        </Flex>
      </Card>
      {contexts.map((context) => (
        <GrantGroup
          key={context}
          title={labels.enumText('Context', context)}
          permissions={found.filter((one) => one.context === context)}
          grants={grants}
          isDisabled={!mayEdit}
          onChange={setGrants}
        />
      ))}
      <Card variant="borderless" title={say('role.people')}>
        <Ledger listing="role_members" fixed={{ role: role.code }} isEmbedded />
      </Card>
    </Flex>
  )
}
