import { UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { signOut, useActor } from '../api/session'
import { CommandModal } from '../form/CommandModal'
import { useLabels, useWords } from '../i18n/words'

/** The person's name, with what concerns their own account. */
export function UserMenu() {
  const say = useWords()
  const labels = useLabels()
  const client = useQueryClient()
  const { name, roleNames, mustChangePassword } = useActor()
  const [isChanging, setChanging] = useState(mustChangePassword)
  const items = [
    { key: 'roles', label: roleNames.join(', '), disabled: true },
    { type: 'divider' as const },
    { key: 'profile', label: <Link to="/profile">{say('profile.title')}</Link> },
    { key: 'password', label: labels.command('password_change') },
    { key: 'leave', label: say('session.sign_out') },
  ]
  const pick = (key: string) => {
    if (key === 'password') setChanging(true)
    if (key === 'leave') void signOut(client)
  }
  return (
    <>
      <Dropdown menu={{ items, onClick: ({ key }) => pick(key) }}>
        <Button type="text" icon={<UserOutlined />}>
          {name}
        </Button>
      </Dropdown>
      {isChanging && <CommandModal command="password_change" onClose={() => setChanging(false)} />}
    </>
  )
}
