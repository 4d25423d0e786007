import { Alert, Button, Card } from 'antd'
import { useState } from 'react'
import { errorText, useWords } from '../../i18n/words'
import { documentVerify, type Verification } from '../../verification/verification'
import { VerificationReport } from '../../verification/VerificationReport'

/** The signatures of the paper on the page, checked as anyone outside would check them. */
export function ContractCheck({ pdf, name }: { pdf: Blob; name: string }) {
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
      <Button style={{ alignSelf: 'flex-start' }} loading={isBusy} onClick={() => void check()}>
        {say('contract.verify')}
      </Button>
      {problem && <Alert type="error" showIcon title={problem} />}
      {report && (
        <Card size="small">
          <VerificationReport report={report} />
        </Card>
      )}
    </>
  )
}
