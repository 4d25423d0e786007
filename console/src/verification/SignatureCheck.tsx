import { Alert, Button, Card, Flex } from 'antd'
import { useState, type ReactNode } from 'react'
import { errorText, useWords } from '../i18n/words'
import { documentVerify, type Verification } from './verification'
import { VerificationReport } from './VerificationReport'

/** The signatures of the paper on the page, checked as anyone outside would check them; `children` stand before the button. */
export function SignatureCheck({ pdf, name, children }: { pdf: Blob; name: string; children?: ReactNode }) {
  const say = useWords()
  const [isBusy, setBusy] = useState(false)
  const [report, setReport] = useState<Verification | null>(null)
  const [problem, setProblem] = useState('')
  const check = async () => {
    setBusy(true)
    try {
      setReport(await documentVerify(pdf, name))
    } catch (error) {
      setProblem(errorText(error, say))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Flex gap="small">
        {children}
        <Button loading={isBusy} onClick={() => void check()}>
          {say('paper.verify')}
        </Button>
      </Flex>
      {problem && <Alert type="error" showIcon title={problem} />}
      {report && (
        <Card size="small">
          <VerificationReport report={report} />
        </Card>
      )}
    </>
  )
}
