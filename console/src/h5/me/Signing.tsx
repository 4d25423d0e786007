import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Result } from 'antd-mobile'
import { lazy, Suspense, useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { invitationOpen } from './invitation'
import { signOut } from '../../api/session'
import { API } from '../../api/transport'
import { deviceTold, placeAsked } from '../../device/device'
import { showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { Letters } from './Letters'
import { SignSheet } from './SignSheet'
import type { SigningInvitation } from './types'
import { useSecondsRead } from './useSecondsRead'

const PdfView = lazy(() => import('../../components/PdfView'))

/** The page behind the link of a signing message: read the contract or the consent letter, then sign it. */
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
  if (isSigned) return data?.letter ? <LetterDone /> : <Done />
  if (error) return <Trouble error={error} />
  return data ? <ToRead invitation={data} onSigned={() => setSigned(true)} /> : <Wait />
}

interface ToSign {
  title: string
  /** The file to read, as the API names it. */
  file: string
  button: string
  sheet: Pick<Parameters<typeof SignSheet>[0], 'commands' | 'statement' | 'more'>
}

/** The letter that they agree to says so: device and, if they permit it, the place about where it is. */
async function deviceOfSigner(): Promise<Record<string, unknown>> {
  return { device: deviceTold(await placeAsked()) }
}

const noMore = () => Promise.resolve({})

function useToSign({ contract, letter }: SigningInvitation): ToSign | null {
  const say = useWords()
  if (contract) {
    const about = { contract_id: contract.contract_id }
    return {
      title: contract.contract_no,
      file: `/contracts/${contract.contract_id}/file`,
      button: say('phone.sign'),
      sheet: {
        commands: { code: 'signing_code_send', sign: 'contract_sign', about },
        statement: { text: say('phone.confirm_cost'), key: 'is_cost_sheet_confirmed' },
      },
    }
  }
  if (!letter) return null
  return {
    title: letter.consent_letter_no,
    file: `/consent-letters/${letter.letter_id}/file`,
    button: say('phone.sign_letter'),
    sheet: {
      commands: { code: 'consent_code_send', sign: 'consent_letter_sign', about: { letter_id: letter.letter_id } },
      statement: { text: say('phone.confirm_letter') },
      more: letter.consent_purposes.includes('device_data') ? deviceOfSigner : noMore,
    },
  }
}

function Reading({ invitation, paper, onSigned }: { invitation: SigningInvitation; paper: ToSign; onSigned: () => void }) {
  const say = useWords()
  const [isSigning, setSigning] = useState(false)
  const seconds = useSecondsRead()
  const left = Math.max(0, invitation.min_read_seconds - seconds)
  return (
    <PhonePage
      title={paper.title}
      foot={
        <Button block color="primary" size="large" disabled={left > 0} onClick={() => setSigning(true)}>
          {left > 0 ? say('phone.read_on', { seconds: left }) : paper.button}
        </Button>
      }
    >
      {invitation.contract ? <CostSheet contract={invitation.contract} /> : <p className="phone-hint">{say('phone.letter_hint')}</p>}
      <Suspense fallback={<Wait />}>
        <PdfView source={`${API}${paper.file}`} />
      </Suspense>
      {isSigning && (
        <SignSheet
          {...paper.sheet}
          button={paper.button}
          readSeconds={seconds}
          onClose={() => setSigning(false)}
          onSigned={onSigned}
        />
      )}
    </PhonePage>
  )
}

function ToRead({ invitation, onSigned }: { invitation: SigningInvitation; onSigned: () => void }) {
  const paper = useToSign(invitation)
  return paper && <Reading invitation={invitation} paper={paper} onSigned={onSigned} />
}

/** What the loan costs in all, before the contract's text. */
function CostSheet({ contract }: { contract: NonNullable<SigningInvitation['contract']> }) {
  const say = useWords()
  return (
    <p className="phone-hint">
      {say('phone.cost_sheet', {
        principal: showYuan(contract.principal),
        periods: contract.periods,
        monthly: showYuan(contract.instalment),
        rate: showRate(contract.annual_cost_rate),
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

/** The application goes on without the applicant; what they signed stays with them, and can be taken back. */
function LetterDone() {
  const say = useWords()
  return (
    <PhonePage>
      <Result status="success" title={say('phone.signed')} description={say('phone.letter_signed_hint')} />
      <Letters />
    </PhonePage>
  )
}
