import { Button, Card, Tag } from 'antd-mobile'
import { lazy, Suspense } from 'react'
import { commandRun } from '../../api/commands'
import { isLacking, useConsent, type Consent } from '../../consent/useConsent'
import { showDate } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'
import { PhotoLine } from '../parts/PhotoLine'
import { ofApplication, usePhotos } from '../parts/photos'
import { Trouble } from '../parts/Trouble'
import { useAct } from '../parts/useAct'
import { Wait } from '../parts/Wait'

const QrCode = lazy(() => import('../../consent/QrCode'))
const PAPER = 'consent_letter'
const COLOURS: Partial<Record<Consent['consent_standing'], string>> = { sent: 'primary', opened: 'primary', expired: 'warning', not_sent: 'warning', withdrawn: 'danger' }

/** The applicant's consents: sent to their phone, or scanned by it, as they stand beside. */
export function ConsentLines({ applicationId }: { applicationId: number | null }) {
  const say = useWords()
  const labels = useLabels()
  const { data, error } = useConsent(applicationId)
  if (error) return <Trouble error={error} />
  if (!data || applicationId === null) return <Wait />
  if (data.consent_standing === 'not_needed') return null
  return (
    <Card
      title={say('consent.title')}
      extra={<Tag color={COLOURS[data.consent_standing] ?? 'success'}>{labels.enumText('ConsentStanding', data.consent_standing)}</Tag>}
      data-field="consent"
    >
      {data.consent_expires_on && <p className="phone-hint">{say('consent.until', { date: showDate(data.consent_expires_on) })}</p>}
      {isLacking(data) && <p className="phone-hint">{say('consent.ask')}</p>}
      {data.link && (
        <div className="phone-code">
          <Suspense fallback={<Wait />}>
            <QrCode value={data.link} label={say('consent.scan')} />
          </Suspense>
          <span className="phone-hint">{say('consent.scan')}</span>
        </div>
      )}
      {data.actions.includes('consent_letter_send') && (
        <>
          <Send applicationId={applicationId} isAgain={data.letter_id !== null} />
          <Paper applicationId={applicationId} />
        </>
      )}
    </Card>
  )
}

/** A letter that the applicant signed on paper is photographed instead. */
function Paper({ applicationId }: { applicationId: number }) {
  const subject = ofApplication(applicationId)
  const { data } = usePhotos(subject)
  const photo = data?.find(({ kind }) => kind === PAPER)
  return <PhotoLine kind={PAPER} photo={photo} onNeedSubject={() => Promise.resolve(subject)} />
}

function Send({ applicationId, isAgain }: { applicationId: number; isAgain: boolean }) {
  const say = useWords()
  const { act, isBusy } = useAct()
  return (
    <Button
      block
      color="primary"
      fill={isAgain ? 'outline' : 'solid'}
      loading={isBusy}
      onClick={() => void act(() => commandRun('consent_letter_send', { application_id: applicationId }))}
    >
      {isAgain ? say('consent.send_again') : say('consent.send')}
    </Button>
  )
}
