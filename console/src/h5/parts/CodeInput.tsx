import { Button, Input } from 'antd-mobile'
import { useEffect, useState } from 'react'
import { useWords } from '../../i18n/words'

interface CodeInputProps {
  value?: string
  onChange?: (value: string) => void
  /** Sends the code; null or a rejection when it could not. */
  onSend: () => Promise<unknown>
}

const WAIT_SECONDS = 60

/** A code from a text message, with the button that asks for it and says when it may be asked for again. */
export function CodeInput({ value = '', onChange, onSend }: CodeInputProps) {
  const say = useWords()
  const [wait, setWait] = useState(0)
  useEffect(() => {
    if (!wait) return
    const timer = setTimeout(() => setWait(wait - 1), 1000)
    return () => clearTimeout(timer)
  }, [wait])
  const send = async () => {
    const sent = await onSend().catch(() => null)
    if (sent !== null) setWait(WAIT_SECONDS)
  }
  return (
    <div className="phone-photo">
      <Input value={value} maxLength={6} inputMode="numeric" autoComplete="one-time-code" {...(onChange ? { onChange } : {})} />
      <Button className="phone-nowrap" size="small" fill="outline" color="primary" disabled={wait > 0} onClick={() => void send()}>
        {wait ? say('phone.code_again', { seconds: wait }) : say('phone.code_send')}
      </Button>
    </div>
  )
}
