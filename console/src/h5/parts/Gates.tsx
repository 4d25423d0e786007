import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, type ComponentType } from 'react'
import { Outlet } from 'react-router'
import { useSession, useSessionEnd, type Session } from '../../api/session'
import { useLanguage } from '../../i18n/words'
import { loadLabels } from '../words'
import { Trouble } from './Trouble'
import { Wait } from './Wait'

const DealerSignIn = lazy(() => import('../dealer/DealerSignIn'))
const FieldSignIn = lazy(() => import('../field/FieldSignIn'))
const CustomerSignIn = lazy(() => import('../me/CustomerSignIn'))

/** Dealers' pages, for dealers; everybody else is asked who they are. */
export function DealerGate() {
  return <Gate kind="dealer" SignIn={DealerSignIn} />
}

/** Pages of our own people who are out with customers. */
export function FieldGate() {
  return <Gate kind="staff" SignIn={FieldSignIn} />
}

/** Borrowers' pages, for borrowers. */
export function CustomerGate() {
  return <Gate kind="customer" SignIn={CustomerSignIn} />
}

function Gate({ kind, SignIn }: { kind: Session['kind']; SignIn: ComponentType }) {
  const client = useQueryClient()
  const { data: session, error, isPending, refetch } = useSession()
  useSessionEnd(useCallback(() => client.setQueryData(['session'], null), [client]))
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />
  if (isPending) return <Wait />
  return <Suspense fallback={<Wait />}>{session?.kind === kind ? <Inside /> : <SignIn />}</Suspense>
}

function Inside() {
  const language = useLanguage()
  const { data: hasLabels } = useQuery({
    queryKey: ['labels', language],
    queryFn: () => loadLabels(language).then(() => true),
    staleTime: Infinity,
  })
  return hasLabels ? <Outlet /> : <Wait />
}
