import { Button, Checkbox, Popup, Space } from 'antd-mobile'
import { useState } from 'react'
import { commandRun, FormKeys } from '../../api/commands'
import { useWords } from '../../i18n/words'
import { CodeInput } from '../parts/CodeInput'
import { useAct } from '../parts/useAct'
import { SignaturePad } from './SignaturePad'

interface SignSheetProps {
  contractId: number
  readSeconds: number
  onClose: () => void
  onSigned: () => void
}

/** The act of signing: confirm the cost, draw the name, give the code that proves the phone. */
export function SignSheet({ contractId, readSeconds, onClose, onSigned }: SignSheetProps) {
  const say = useWords()
  const { act, isBusy } = useAct()
  const [keys] = useState(() => new FormKeys())
  const [isConfirmed, setConfirmed] = useState(false)
  const [drawing, setDrawing] = useState('')
  const [code, setCode] = useState('')

  const sendCode = () => act(() => commandRun('signing_code_send', { contract_id: contractId }))
  const sign = async () => {
    const input = {
      contract_id: contractId,
      code,
      signature_png: drawing,
      is_cost_sheet_confirmed: isConfirmed,
      read_seconds: readSeconds,
    }
    if (await act(() => commandRun('contract_sign', input, keys.keyFor(input)))) onSigned()
  }
  return (
    <Popup visible position="bottom" onMaskClick={onClose} bodyStyle={{ boxSizing: 'border-box', padding: 16, borderRadius: '12px 12px 0 0' }}>
      <Space block direction="vertical">
        <Checkbox checked={isConfirmed} onChange={setConfirmed}>
          {say('phone.confirm_cost')}
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
