import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd-mobile'
import { useState } from 'react'
import { ApiError } from '../../api/error'
import { signIn, type Credentials } from '../../api/session'
import { useWords } from '../../i18n/words'
import { Brand } from './Brand'
import { Line } from './Line'
import { PhonePage } from './PhonePage'
import { useAct } from './useAct'

/** Name, password and, once the server asks for it, a one-time code: of the field staff, and of a dealer's employee. */
export function PasswordSignIn({ title }: { title: string }) {
  const say = useWords()
  const client = useQueryClient()
  const { act, isBusy } = useAct()
  const [needsCode, setNeedsCode] = useState(false)
  const [typed, setTyped] = useState<Credentials>({ username: '', password: '' })
  return (
    <PhonePage title={title}>
      <Brand />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act(() =>
            signIn(client, typed).catch((error: unknown) => {
              if (error instanceof ApiError && error.code === 'totp_required') setNeedsCode(true)
              throw error
            }),
          )
        }}
      >
        <Line label={say('phone.username')}>
          <Input name="username" autoComplete="username" value={typed.username} onChange={(username) => setTyped({ ...typed, username })} />
        </Line>
        <Line label={say('phone.password')}>
          <Input
            name="password"
            type="password"
            autoComplete="current-password"
            value={typed.password}
            onChange={(password) => setTyped({ ...typed, password })}
          />
        </Line>
        {needsCode && (
          <Line label={say('session.totp')}>
            <Input
              name="totp"
              inputMode="numeric"
              autoComplete="one-time-code"
              value={typed.totp ?? ''}
              onChange={(totp) => setTyped({ ...typed, totp })}
            />
          </Line>
        )}
        <Button block type="submit" color="primary" size="large" loading={isBusy} disabled={!typed.username || !typed.password}>
          {say('session.sign_in')}
        </Button>
      </form>
    </PhonePage>
  )
}
