import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get, post, remove } from './request'
import { onSignedOut, setCsrfToken } from './transport'

/** Who is signed in and what they may do. */
export interface Session {
  kind: 'staff' | 'dealer' | 'customer' | 'machine' | 'system'
  name: string
  /** Empty for a customer, who signs in with a phone. */
  username: string
  roles: string[]
  roleNames: string[]
  permissions: string[]
  locale: string
  businessDate: string
  mustChangePassword: boolean
  /** The session itself, among those of the person; null for a borrower. */
  signInId: number | null
}

interface SessionBody {
  user: { username: string; must_change_password: boolean } | null
  actor: { kind: Session['kind']; name: string } | null
  roles: string[]
  role_names: string[]
  permissions: string[]
  locale: string
  business_date: string
  csrf_token: string
  sign_in_id: number | null
}

export interface Credentials {
  username: string
  password: string
  totp?: string
}

const KEY = ['session'] as const

function sessionOf({ user, actor, ...body }: SessionBody): Session | null {
  setCsrfToken(body.csrf_token)
  if (!actor) return null
  return {
    kind: actor.kind,
    name: actor.name,
    username: user?.username ?? '',
    roles: body.roles,
    roleNames: body.role_names,
    permissions: body.permissions,
    locale: body.locale,
    businessDate: body.business_date,
    mustChangePassword: user?.must_change_password ?? false,
    signInId: body.sign_in_id,
  }
}

async function sessionRead(): Promise<Session | null> {
  return sessionOf(await get<SessionBody>('/session'))
}

/** Who is signed in; null when nobody is. */
export function useSession() {
  return useQuery({ queryKey: KEY, queryFn: sessionRead, staleTime: 5 * 60_000, retry: 1 })
}

/** The session of a page that only opens to people who are signed in. */
export function useActor(): Session {
  const { data } = useSession()
  if (!data) throw new Error('no session')
  return data
}

export async function signIn(client: QueryClient, credentials: Credentials): Promise<void> {
  const { data } = await post<SessionBody>('/session', credentials)
  client.setQueryData(KEY, sessionOf(data))
}

/** Leave, and forget everything that was read. */
export async function signOut(client: QueryClient): Promise<void> {
  await remove('/session').catch(() => undefined)
  client.clear()
  client.setQueryData(KEY, null)
}

/** Run `listener` when the server says that the session is over while someone was signed in. */
export function useSessionEnd(listener: () => void): void {
  const client = useQueryClient()
  useEffect(
    () =>
      onSignedOut(() => {
        if (client.getQueryData(KEY)) listener()
      }),
    [client, listener],
  )
}

/** Text a sign-in code to a borrower's phone. */
export async function signInCodeSend(phone: string): Promise<void> {
  await post('/me/code', { phone })
}

/** Sign a borrower in with the code that they were sent. */
export async function customerSignIn(client: QueryClient, given: { phone: string; code: string; id_tail: string }): Promise<void> {
  const { data } = await post<SessionBody>('/me/session', given)
  client.setQueryData(KEY, sessionOf(data))
}
