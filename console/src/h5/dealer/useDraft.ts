import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { commandRun, FormKeys } from '../../api/commands'
import { get } from '../../api/request'
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
export function useDraft(application: ApplicationDetail | undefined) {
  const [saved, setSaved] = useState(application ? { id: application.id, version: application.version } : null)
  const [keys] = useState(() => new FormKeys())

  const save = async (form: IntakeForm): Promise<number> => {
    const input = { ...(saved ? { application_id: saved.id, version: saved.version } : {}), form }
    const { result } = await commandRun<Saved>('application_save_draft', input, keys.keyFor(input))
    if (!result) throw new Error('a draft never waits for review')
    setSaved({ id: result.application_id, version: result.version })
    return result.application_id
  }

  const submit = async (): Promise<void> => {
    if (!saved) throw new Error('nothing to submit')
    const input = { application_id: saved.id, version: saved.version }
    await commandRun('application_submit', input, keys.keyFor(input))
  }
  return { id: saved?.id ?? null, save, submit }
}
