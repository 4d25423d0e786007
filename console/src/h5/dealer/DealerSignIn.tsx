import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd-mobile'
import { useState } from 'react'
import { signIn, type Credentials } from '../../api/session'
import { useWords } from '../../i18n/words'
import { Brand } from '../parts/Brand'
import { Line } from '../parts/Line'
import { PhonePage } from '../parts/PhonePage'
import { useAct } from '../parts/useAct'

/** Name and password of a dealer's employee. */
export default function DealerSignIn() {
  const say = useWords()
  const client = useQueryClient()
  const { act, isBusy } = useAct()
  const [typed, setTyped] = useState<Credentials>({ username: '', password: '' })
  return (
    <PhonePage title={say('phone.dealer')}>
      <Brand />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void act(() => signIn(client, typed))
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
        <Button block type="submit" color="primary" size="large" loading={isBusy} disabled={!typed.username || !typed.password}>
          {say('session.sign_in')}
        </Button>
      </form>
    </PhonePage>
  )
}
