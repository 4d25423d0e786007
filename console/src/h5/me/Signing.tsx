import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Result } from 'antd-mobile'
import { lazy, Suspense, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { invitationOpen } from './invitation'
import { signOut } from '../../api/session'
import { API } from '../../api/transport'
import { showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { SignSheet } from './SignSheet'
import type { SigningInvitation } from './types'
import { useSecondsRead } from './useSecondsRead'

const PdfView = lazy(() => import('../../components/PdfView'))

/** The page behind the link of a signing message: read the contract, then sign it. */
export default function Signing() {
  const client = useQueryClient()
  const { token = '' } = useParams()
  const { data, error } = useQuery({
    queryKey: ['signing', token],
    queryFn: () => invitationOpen(client, token),
    retry: false,
    staleTime: Infinity,
  })
  const [isSigned, setSigned] = useState(false)
  if (isSigned) return <Done />
  if (error) return <Trouble error={error} />
  return data ? <Reading invitation={data} onSigned={() => setSigned(true)} /> : <Wait />
}

function Reading({ invitation, onSigned }: { invitation: SigningInvitation; onSigned: () => void }) {
  const say = useWords()
  const [isSigning, setSigning] = useState(false)
  const seconds = useSecondsRead()
  const left = Math.max(0, invitation.min_read_seconds - seconds)
  return (
    <PhonePage
      title={invitation.contract_no}
      foot={
        <Button block color="primary" size="large" disabled={left > 0} onClick={() => setSigning(true)}>
          {left > 0 ? say('phone.read_on', { seconds: left }) : say('phone.sign')}
        </Button>
      }
    >
      <CostSheet invitation={invitation} />
      <Suspense fallback={<Wait />}>
        <PdfView source={`${API}/contracts/${invitation.contract_id}/file`} />
      </Suspense>
      {isSigning && (
        <SignSheet
          commands={{ code: 'signing_code_send', sign: 'contract_sign', about: { contract_id: invitation.contract_id } }}
          statement={{ text: say('phone.confirm_cost'), key: 'is_cost_sheet_confirmed' }}
          readSeconds={seconds}
          onClose={() => setSigning(false)}
          onSigned={onSigned}
        />
      )}
    </PhonePage>
  )
}

/** What the loan costs in all, before the contract's text. */
function CostSheet({ invitation }: { invitation: SigningInvitation }) {
  const say = useWords()
  return (
    <p className="phone-hint">
      {say('phone.cost_sheet', {
        principal: showYuan(invitation.principal),
        periods: invitation.periods,
        monthly: showYuan(invitation.instalment),
        rate: showRate(invitation.annual_cost_rate),
      })}
    </p>
  )
}

/** The link opened this one contract; to see more the customer signs in with a code. */
function Done() {
  const say = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    await signOut(client)
    await navigate('/me')
  }
  return (
    <PhonePage>
      <Result status="success" title={say('phone.signed')} description={say('phone.signed_hint')} />
      <Button block onClick={() => void leave()}>
        {say('phone.to_overview')}
      </Button>
    </PhonePage>
  )
}
