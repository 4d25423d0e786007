import { useQuery } from '@tanstack/react-query'
import { ErrorBlock } from 'antd-mobile'
import { useNavigate } from 'react-router'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { SignOut } from '../parts/SignOut'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { Contracts } from './Contracts'
import { Documents } from './Documents'
import { Letters } from './Letters'
import { Papers } from './Papers'
import { Standing } from './Standing'
import type { LoanItem } from './types'

/** What the borrower has with us: papers to sign, loans with the next payment, contracts, letters. A signing link shows its contract only. */
export default function Overview() {
  const say = useWords()
  const { name, permissions } = useActor()
  const maySeeLoans = permissions.includes('servicing.loan.view')
  const { data, error, refetch } = useQuery({
    queryKey: ['my-loans'],
    queryFn: () => get<{ items: LoanItem[] }>('/me/loans'),
    enabled: maySeeLoans,
  })
  return (
    <PhonePage title={say('phone.hello', { name })}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {maySeeLoans && !data && !error && <Wait />}
      <Papers />
      {data && <Loans items={data.items} />}
      {permissions.includes('origination.contract.view') && <Contracts />}
      {permissions.includes('documents.document.view') && <Documents />}
      {permissions.includes('origination.consent.give') && <Letters />}
      <SignOut />
    </PhonePage>
  )
}

function Loans({ items }: { items: LoanItem[] }) {
  const say = useWords()
  const navigate = useNavigate()
  if (!items.length) return <ErrorBlock status="empty" title={say('phone.no_loans')} description="" />
  return (
    <>
      {items.map((loan) => (
        <Standing key={loan.loan_no} loan={loan} onOpen={() => void navigate(`/me/loans/${loan.loan_no}`)} />
      ))}
    </>
  )
}
