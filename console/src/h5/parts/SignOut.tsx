import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd-mobile'
import { signOut } from '../../api/session'
import { useWords } from '../../i18n/words'

export function SignOut() {
  const say = useWords()
  const client = useQueryClient()
  return (
    <Button block fill="none" style={{ marginTop: 24 }} onClick={() => void signOut(client)}>
      {say('session.sign_out')}
    </Button>
  )
}
