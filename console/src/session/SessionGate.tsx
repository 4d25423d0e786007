import { lazy, Suspense } from 'react'
import { useSession } from '../api/session'
import { Failure } from '../components/Failure'
import { Loading } from '../components/Loading'
import { SignIn } from './SignIn'

const Workplace = lazy(() => import('../shell/Workplace'))

/** The sign-in for nobody, the console for somebody; the address is kept, so that a link still leads where it pointed. */
export function SessionGate() {
  const { data: session, error, isPending, refetch } = useSession()
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (isPending) return <Loading />
  if (!session) return <SignIn />
  return (
    <Suspense fallback={<Loading />}>
      <Workplace />
    </Suspense>
  )
}
