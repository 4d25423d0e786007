import { Button, Checkbox, Popup, Space } from 'antd-mobile'
import { useState } from 'react'
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
  readSeconds: number
  onClose: () => void
  onSigned: () => void
}

/** The act of signing: state that it was read, draw the name, give the code that proves the phone. */
export function SignSheet({ commands, statement, readSeconds, onClose, onSigned }: SignSheetProps) {
  const say = useWords()
  const { act, isBusy } = useAct()
  const [keys] = useState(() => new FormKeys())
  const [isConfirmed, setConfirmed] = useState(false)
  const [drawing, setDrawing] = useState('')
  const [code, setCode] = useState('')

  const sendCode = () => act(() => commandRun(commands.code, commands.about))
  const sign = async () => {
    const stated = statement.key ? { [statement.key]: isConfirmed } : {}
    const input = { ...commands.about, ...stated, code, signature_png: drawing, read_seconds: readSeconds }
    if (await act(() => commandRun(commands.sign, input, keys.keyFor(input)))) onSigned()
  }
  return (
    <Popup visible position="bottom" onMaskClick={onClose} bodyStyle={{ boxSizing: 'border-box', padding: 16, borderRadius: '12px 12px 0 0' }}>
      <Space block direction="vertical">
        <Checkbox checked={isConfirmed} onChange={setConfirmed}>
          {statement.text}
        </Checkbox>
        <span className="phone-hint">{say('phone.signature')}</span>
        <SignaturePad onChange={setDrawing} />
        <CodeInput value={code} onChange={setCode} onSend={sendCode} />
        <Button block color="primary" size="large" loading={isBusy} disabled={!isConfirmed || !drawing || code.length < 4} onClick={() => void sign()}>
          {say('phone.sign')}
        </Button>
      </Space>
    </Popup>
  )
}
