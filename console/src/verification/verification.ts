import { post } from '../api/request'
import type { components } from '../api/schema'

export type Verification = components['schemas']['VerificationOut']

/** Ask the server about a PDF; it keeps nothing of it. Errors: ApiError. */
export async function documentVerify(pdf: Blob, name: string): Promise<Verification> {
  const form = new FormData()
  form.append('file', pdf, name)
  return (await post<Verification>('/documents/verify', form)).data
}
