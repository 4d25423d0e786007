import { Button, Checkbox, Popup, Space } from 'antd-mobile'
import { useRef, useState } from 'react'
import { commandRun, FormKeys } from '../../api/commands'
import { useWords } from '../../i18n/words'
import { CodeInput } from '../parts/CodeInput'
import { useAct } from '../parts/useAct'
import { SignaturePad } from './SignaturePad'

interface SignSheetProps {
  /** The commands that text the code and that sign, and what both are told about the paper. */
  commands: { code: string; sign: string; about: Record<string, unknown> }
  /** What the person states by signing, and the key that says that they did, where the command asks for one. */
  statement: { text: string; key?: string }
  /** What the button says; a paper is signed in its own words. */
  button?: string
  readSeconds: number
  /** Called once the person has stated it; what it finds goes along with the signature. */
  more?: () => Promise<Record<string, unknown>>
  onClose: () => void
  onSigned: () => void
}

/** The act of signing: state that it was read, draw the name, give the code that proves the phone. */
export function SignSheet({ commands, statement, button, readSeconds, more, onClose, onSigned }: SignSheetProps) {
  const say = useWords()
  const { act, isBusy } = useAct()
  const [keys] = useState(() => new FormKeys())
  const [isConfirmed, setConfirmed] = useState(false)
  const told = useRef<Promise<Record<string, unknown>> | null>(null)
  const [drawing, setDrawing] = useState('')
  const [code, setCode] = useState('')

  const sendCode = () => act(() => commandRun(commands.code, commands.about))
  const confirm = (isStated: boolean) => {
    setConfirmed(isStated)
    if (isStated && more) told.current ??= more()
  }
  const sign = async () => {
    const done = await act(async () => {
      const stated = statement.key ? { [statement.key]: isConfirmed } : {}
      const input = { ...commands.about, ...stated, ...(await told.current), code, signature_png: drawing, read_seconds: readSeconds }
      return commandRun(commands.sign, input, keys.keyFor(input))
    })
    if (done) onSigned()
  }
  return (
    <Popup visible position="bottom" onMaskClick={onClose} bodyStyle={{ boxSizing: 'border-box', padding: 16, borderRadius: '12px 12px 0 0' }}>
      <Space block direction="vertical">
        <Checkbox checked={isConfirmed} onChange={confirm}>
          {statement.text}
        </Checkbox>
        <span className="phone-hint">{say('phone.signature')}</span>
        <SignaturePad onChange={setDrawing} />
        <CodeInput value={code} onChange={setCode} onSend={sendCode} />
        <Button block color="primary" size="large" loading={isBusy} disabled={!isConfirmed || !drawing || code.length < 4} onClick={() => void sign()}>
          {button ?? say('phone.sign')}
        </Button>
      </Space>
    </Popup>
  )
}
