import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { commandRun, FormKeys } from '../../api/commands'
import { get } from '../../api/request'
import type { FormRecording } from '../../behaviour/useFormRecord'
import type { IntakeForm } from './form'

export interface ApplicationDetail {
  id: number
  version: number
  application_no: string
  state: string
  actions: string[]
  form: IntakeForm
}

interface Saved {
  application_id: number
  application_no: string
  version: number
}

/** The application behind an address; undefined while it is read, and for a new one. */
export function useApplication(id: string | undefined) {
  return useQuery({
    queryKey: ['application', id],
    queryFn: () => get<ApplicationDetail>(`/applications/${id ?? ''}`),
    enabled: id !== undefined,
  })
}

/** A draft on the server: made at the first save, changed by later ones, refused when somebody else changed it. */
export function useDraft(application: ApplicationDetail | undefined, record: FormRecording) {
  const [id, setId] = useState(application?.id ?? null)
  const [keys] = useState(() => new FormKeys())
  /** What was saved last; not state, because a save and the submission after it are one act. */
  const latest = useRef(application ? { application_id: application.id, version: application.version } : null)

  const save = async (form: IntakeForm): Promise<number> => {
    const kept = { ...latest.current, form }
    const input = { ...kept, ...record.send(kept) }
    const { result } = await commandRun<Saved>('application_save_draft', input, keys.keyFor(input))
    if (!result) throw new Error('a draft never waits for review')
    record.sent()
    latest.current = { application_id: result.application_id, version: result.version }
    setId(result.application_id)
    return result.application_id
  }

  const submit = async (): Promise<void> => {
    const input = latest.current
    if (!input) throw new Error('nothing to submit')
    await commandRun('application_submit', input, keys.keyFor(input))
  }
  return { id, save, submit }
}
