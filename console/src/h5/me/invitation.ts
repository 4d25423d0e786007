import type { QueryClient } from '@tanstack/react-query'
import { post } from '../../api/request'
import type { SigningInvitation } from './types'

/** Open the link that was texted. It begins the borrower's session, so who is signed in is read again. */
export async function invitationOpen(client: QueryClient, token: string): Promise<SigningInvitation> {
  const { data } = await post<SigningInvitation>('/signing', { token })
  await client.refetchQueries({ queryKey: ['session'] })
  return data
}
