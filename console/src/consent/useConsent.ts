import { useQuery } from '@tanstack/react-query'
import { get } from '../api/request'
import type { components } from '../api/schema'

export type Consent = components['schemas']['ApplicationConsentOut']
type Standing = Consent['consent_standing']

const LOOKED_AGAIN_MS = 4000
const WAITING: Standing[] = ['sent', 'opened']

/** How the applicant's consents stand; looked at again while the applicant has the letter on their phone. */
export function useConsent(applicationId: number | null) {
  return useQuery({
    queryKey: ['consent', applicationId],
    queryFn: () => get<Consent>(`/applications/${applicationId ?? 0}/consent`),
    enabled: applicationId !== null,
    refetchInterval: ({ state }) => (state.data && WAITING.includes(state.data.consent_standing) ? LOOKED_AGAIN_MS : false),
  })
}

/** Whether something is still to be done before the application can be submitted. */
export function isLacking({ consent_standing, consents_lacking }: Consent): boolean {
  return consents_lacking.length > 0 && consent_standing !== 'captured'
}
