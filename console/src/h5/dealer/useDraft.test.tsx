import { act, renderHook } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import type { FormRecording } from '../../behaviour/useFormRecord'
import { fakeServer } from '../../testing/fakeServer'
import { useDraft } from './useDraft'

const FORM = { vehicle: {}, customer: {}, loan: { amount: '1.00' } }

const RECORD = { behaviour: { seconds: 9 } }

it('submits the version that the save before it made, and sends how the form was filled in once', async () => {
  const server = fakeServer({
    'POST /commands/application_save_draft': { body: { application_id: 7, application_no: 'AP7', version: 3 } },
    'POST /commands/application_submit': { body: { application_id: 7, state: 'submitted' } },
  })
  const record = { send: vi.fn(() => RECORD), sent: vi.fn() } as unknown as FormRecording
  const { result } = renderHook(() => useDraft(undefined, record))
  const draft = result.current
  await act(async () => {
    await draft.save(FORM)
    await draft.submit()
  })
  expect(server.posts().map(({ body }) => body)).toEqual([{ form: FORM, ...RECORD }, { application_id: 7, version: 3 }])
  expect(record.sent).toHaveBeenCalledOnce()
  expect(result.current.id).toBe(7)
})
