import { act, renderHook } from '@testing-library/react'
import { expect, it } from 'vitest'
import { fakeServer } from '../../testing/fakeServer'
import { useDraft } from './useDraft'

const FORM = { vehicle: {}, customer: {}, loan: { amount: '1.00' } }

it('submits the version that the save before it made', async () => {
  const server = fakeServer({
    'POST /commands/application_save_draft': { body: { application_id: 7, application_no: 'AP7', version: 3 } },
    'POST /commands/application_submit': { body: { application_id: 7, state: 'submitted' } },
  })
  const { result } = renderHook(() => useDraft(undefined))
  const draft = result.current
  await act(async () => {
    await draft.save(FORM)
    await draft.submit()
  })
  expect(server.posts().map(({ body }) => body)).toEqual([{ form: FORM }, { application_id: 7, version: 3 }])
  expect(result.current.id).toBe(7)
})
