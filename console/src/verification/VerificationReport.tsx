import { showDateTime } from '../format/date'
import { useWords } from '../i18n/words'
import type { Verification } from './verification'
import './verification.css'

type Signature = Verification['signatures'][number]

/** The verdict on a PDF, in words; drawn without a component library, because staff and the public both see it. */
export function VerificationReport({ report }: { report: Verification }) {
  const say = useWords()
  const verdict = report.is_intact ? 'intact' : 'broken'
  return (
    <section className="verification">
      <h3 className={`verification__verdict verification__verdict--${verdict}`} role="status">
        {say(report.is_intact ? 'verify.intact' : 'verify.broken')}
      </h3>
      <ul>
        {report.findings.map(({ code, message }) => (
          <li key={code} className="verification__finding">
            {message}
          </li>
        ))}
      </ul>
      <h4>{say('verify.registered')}</h4>
      <Registered registered={report.registered} />
      <h4>{say('verify.signatures')}</h4>
      {report.signatures.length ? report.signatures.map((one) => <OneSignature key={one.field} signature={one} />) : <p>{say('verify.no_signature')}</p>}
      <h4>{say('verify.digest')}</h4>
      <code className="verification__digest">{report.sha256}</code>
    </section>
  )
}

function Registered({ registered }: { registered: Verification['registered'] }) {
  const say = useWords()
  if (!registered) return <p>{say('verify.not_registered')}</p>
  return (
    <p>
      {registered.document_no} {registered.title} · {registered.legal_entity} · {say(registered.is_latest ? 'verify.latest' : 'verify.not_latest')}
    </p>
  )
}

function OneSignature({ signature }: { signature: Signature }) {
  const say = useWords()
  const marks = [
    say(signature.is_valid ? 'verify.valid' : 'verify.invalid'),
    say(signature.is_trusted ? 'verify.trusted' : 'verify.untrusted'),
    ...(signature.changes_after === 'other' ? [say('verify.changed_after')] : []),
  ]
  return (
    <p>
      <strong>{signature.signer}</strong> {marks.join(' · ')}
      {signature.signed_at && (
        <>
          <br />
          {say('verify.signed_at')} {showDateTime(signature.signed_at)}
        </>
      )}
    </p>
  )
}
