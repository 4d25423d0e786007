import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { ApiError } from '../api/error'
import { signIn, type Credentials } from '../api/session'
import { errorText, useWords } from '../i18n/words'

interface SignInFormProps {
  username?: string
  onDone?: () => void
}

/** Name, password and, once the server asks for it, a one-time code. */
export function SignInForm({ username, onDone }: SignInFormProps) {
  const say = useWords()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [needsCode, setNeedsCode] = useState(false)

  const enter = async (credentials: Credentials) => {
    setBusy(true)
    setProblem(null)
    try {
      await signIn(client, credentials)
      onDone?.()
    } catch (error) {
      if (error instanceof ApiError && error.code === 'totp_required') setNeedsCode(true)
      setProblem(errorText(error, say))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form<Credentials> layout="vertical" requiredMark={false} initialValues={{ username }} onFinish={(values) => void enter(values)}>
      {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />}
      <Form.Item name="username" label={say('session.username')} rules={[{ required: true }]}>
        <Input autoComplete="username" autoFocus={!username} disabled={Boolean(username)} maxLength={64} />
      </Form.Item>
      <Form.Item name="password" label={say('session.password')} rules={[{ required: true }]}>
        <Input.Password autoComplete="current-password" autoFocus={Boolean(username)} maxLength={200} />
      </Form.Item>
      {needsCode && (
        <Form.Item name="totp" label={say('session.totp')} rules={[{ required: true }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={8} />
        </Form.Item>
      )}
      <Button block type="primary" htmlType="submit" size="large" loading={isBusy}>
        {say('session.sign_in')}
      </Button>
    </Form>
  )
}
