import { useQueryClient } from '@tanstack/react-query'
import { Button, Input } from 'antd-mobile'
import { useState } from 'react'
import { ApiError } from '../../api/error'
import { customerSignIn, signInCodeSend } from '../../api/session'
import { useWords } from '../../i18n/words'
import { Brand } from '../parts/Brand'
import { CodeInput } from '../parts/CodeInput'
import { Line } from '../parts/Line'
import { PhonePage } from '../parts/PhonePage'
import { tell } from '../parts/tell'
import { useAct } from '../parts/useAct'

const PHONE = /^1\d{10}$/

/** A borrower signs in with the phone number of their contract and a code sent to it. */
export default function CustomerSignIn() {
  const say = useWords()
  const client = useQueryClient()
  const { act, isBusy } = useAct()
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [idTail, setIdTail] = useState<string | null>(null)
  const enter = () =>
    act(async () => {
      try {
        await customerSignIn(client, { phone, code, id_tail: idTail ?? '' })
      } catch (error) {
        if (error instanceof ApiError && error.code === 'customer_sign_in_ambiguous') setIdTail('')
        throw error
      }
    })
  const sendCode = async () => {
    if (PHONE.test(phone)) return act(() => signInCodeSend(phone).then(() => true))
    tell(say('phone.phone_no_wrong'))
    return null
  }
  return (
    <PhonePage title={say('phone.customer')}>
      <Brand />
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void enter()
        }}
      >
        <Line label={say('phone.phone_no')}>
          <Input name="phone" type="tel" maxLength={11} autoComplete="tel" value={phone} onChange={setPhone} />
        </Line>
        <Line label={say('phone.code')}>
          <CodeInput value={code} onChange={setCode} onSend={sendCode} />
        </Line>
        {idTail !== null && (
          <Line label={say('phone.id_tail')}>
            <Input name="id_tail" maxLength={6} value={idTail} onChange={setIdTail} />
          </Line>
        )}
        <Button block type="submit" color="primary" size="large" loading={isBusy} disabled={!PHONE.test(phone) || !code}>
          {say('session.sign_in')}
        </Button>
      </form>
      <p className="phone-hint">{say('phone.sign_in_hint')}</p>
    </PhonePage>
  )
}
