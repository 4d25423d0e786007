import { Button, NoticeBar } from 'antd-mobile'
import { useRef, useState } from 'react'
import { errorText, useWords } from '../../i18n/words'
import { documentVerify, type Verification } from '../../verification/verification'
import { VerificationReport } from '../../verification/VerificationReport'
import { Brand } from '../parts/Brand'
import { PhonePage } from '../parts/PhonePage'

/** Anyone who holds a paper of ours sees whether it is as it was signed; no sign-in. */
export default function Verify() {
  const say = useWords()
  const picker = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const [report, setReport] = useState<Verification | null>(null)
  const [problem, setProblem] = useState('')
  const check = async (file: File | undefined) => {
    if (!file) return
    setBusy(true)
    setProblem('')
    setReport(null)
    try {
      setReport(await documentVerify(file, file.name))
    } catch (error) {
      setProblem(errorText(error, say))
    } finally {
      setBusy(false)
    }
  }
  return (
    <PhonePage title={say('verify.title')}>
      <Brand />
      <p className="phone-hint">{say('verify.hint')}</p>
      <input
        ref={picker}
        hidden
        type="file"
        accept="application/pdf"
        aria-label={say('verify.choose')}
        onChange={(event) => {
          void check(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <Button block color="primary" size="large" loading={isBusy} loadingText={say('verify.working')} onClick={() => picker.current?.click()}>
        {say('verify.choose')}
      </Button>
      {problem && <NoticeBar color="error" content={problem} />}
      {report && <VerificationReport report={report} />}
    </PhonePage>
  )
}
