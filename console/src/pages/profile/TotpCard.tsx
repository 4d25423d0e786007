import { Alert, Button, Card, Flex, QRCode, Tag, Typography } from 'antd'
import { useState } from 'react'
import { CommandButton } from '../../form/CommandButton'
import { useCommand } from '../../form/useCommand'
import { errorText, useLabels, useWords } from '../../i18n/words'

/** The second factor: scan, confirm with a first code; switched off with a code as well. */
export function TotpCard({ isOn }: { isOn: boolean }) {
  const say = useWords()
  const labels = useLabels()
  const [uri, setUri] = useState<string | null>(null)
  const state = <Tag color={isOn ? 'success' : 'default'}>{say(isOn ? 'profile.totp_on' : 'profile.totp_off')}</Tag>
  return (
    <Card variant="borderless" style={{ height: '100%' }} title={labels.field('is_totp_on')} extra={state}>
      {uri && !isOn ? (
        <Enrolment uri={uri} />
      ) : (
        <Flex vertical gap="middle" align="start">
          <Typography.Text type="secondary">{say('profile.totp_hint')}</Typography.Text>
          {isOn ? <CommandButton command="totp_disable" onDone={() => setUri(null)} /> : <EnrolButton onEnrolled={setUri} />}
        </Flex>
      )}
    </Card>
  )
}

function EnrolButton({ onEnrolled }: { onEnrolled: (uri: string) => void }) {
  const say = useWords()
  const labels = useLabels()
  const { run, isBusy } = useCommand<{ uri: string }>('totp_enrol')
  const [problem, setProblem] = useState<string | null>(null)
  const enrol = async () => {
    try {
      const done = await run({})
      if (done?.result) onEnrolled(done.result.uri)
    } catch (error) {
      setProblem(errorText(error, say))
    }
  }
  return (
    <>
      {problem && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" loading={isBusy} onClick={() => void enrol()}>
        {labels.command('totp_enrol')}
      </Button>
    </>
  )
}

/** What an authenticator app scans, and the same to type in by hand. */
function Enrolment({ uri }: { uri: string }) {
  const say = useWords()
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <Flex gap="large" wrap align="start">
      <QRCode value={uri} type="svg" size={160} />
      <Flex vertical gap="middle" flex={1} align="start">
        <span>{say('profile.totp_scan')}</span>
        <Typography.Text copyable code>
          {secret}
        </Typography.Text>
        <CommandButton command="totp_confirm" isPrimary />
      </Flex>
    </Flex>
  )
}
