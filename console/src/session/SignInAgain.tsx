import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useCallback, useState } from 'react'
import { useActor, useSessionEnd } from '../api/session'
import { useWords } from '../i18n/words'
import { SignInForm } from './SignInForm'

/** When the session ends, the same person signs in over the page, and what was being typed is still there. */
export function SignInAgain() {
  const say = useWords()
  const client = useQueryClient()
  const { username } = useActor()
  const [hasEnded, setEnded] = useState(false)
  useSessionEnd(useCallback(() => setEnded(true), []))
  const goOn = () => {
    setEnded(false)
    void client.refetchQueries({ predicate: (query) => query.state.status === 'error' })
  }
  if (!hasEnded) return null
  return (
    <Modal open closable={false} footer={null} title={say('session.ended')} width={400} zIndex={2000}>
      <p>{say('session.ended_hint')}</p>
      <SignInForm username={username} onDone={goOn} />
    </Modal>
  )
}
