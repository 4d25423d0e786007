import { useQueryClient } from '@tanstack/react-query'
import { Card, Flex, Typography } from 'antd'
import { lazy, Suspense } from 'react'
import { API } from '../../api/transport'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { StateTag } from '../../components/StateTag'
import { isLacking, useConsent, type Consent } from '../../consent/useConsent'
import { CommandButton } from '../../form/CommandButton'
import { showDate, showDateTime } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'

const QrCode = lazy(() => import('../../consent/QrCode'))

/** What the applicant has to consent to before the application is submitted, and the way to their phone. */
export default function ConsentCard({ id }: { id: number }) {
  const say = useWords()
  const { data, error } = useConsent(id)
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  if (data.consent_standing === 'not_needed') return null
  return (
    <Card
      size="small"
      style={{ marginTop: 16 }}
      title={say('consent.title')}
      extra={<StateTag name="ConsentStanding" value={data.consent_standing} />}
    >
      <Flex gap="large" wrap align="center">
        <Flex vertical gap="small" style={{ flex: 1, minWidth: 260 }}>
          <Standing consent={data} />
          <Send id={id} consent={data} />
        </Flex>
        {data.link && (
          <Flex vertical align="center">
            <Suspense fallback={<Loading />}>
              <QrCode value={data.link} label={say('consent.scan')} />
            </Suspense>
            <Typography.Text type="secondary">{say('consent.scan')}</Typography.Text>
          </Flex>
        )}
      </Flex>
    </Card>
  )
}

function Standing({ consent }: { consent: Consent }) {
  const say = useWords()
  const labels = useLabels()
  const purposes = (members: string[]) => members.map((member) => labels.enumText('ConsentPurpose', member)).join('、')
  return (
    <>
      {isLacking(consent) ? (
        <Typography.Text type="warning">{say('consent.lacking', { purposes: purposes(consent.consents_lacking) })}</Typography.Text>
      ) : (
        <span>{purposes(consent.consents_demanded)}</span>
      )}
      {consent.consent_expires_on && <span>{say('consent.until', { date: showDate(consent.consent_expires_on) })}</span>}
      {consent.link_expires_at && <span>{say('consent.link_until', { time: showDateTime(consent.link_expires_at) })}</span>}
      {consent.letter_id !== null && (
        <a href={`${API}/consent-letters/${consent.letter_id}/file`} target="_blank" rel="noreferrer">
          {say('consent.letter', { number: consent.consent_letter_no })}
        </a>
      )}
    </>
  )
}

function Send({ id, consent }: { id: number; consent: Consent }) {
  const say = useWords()
  const client = useQueryClient()
  return (
    <Flex gap="small" align="center" wrap>
      <CommandButton
        command="consent_letter_send"
        actions={consent.actions}
        isPrimary={!consent.link}
        {...(consent.letter_id !== null && { label: say('consent.send_again') })}
        fixed={{ application_id: id }}
        onDone={() => void client.invalidateQueries({ queryKey: ['consent', id] })}
      />
      {isLacking(consent) && <Typography.Text type="secondary">{say('consent.paper_hint')}</Typography.Text>}
    </Flex>
  )
}
