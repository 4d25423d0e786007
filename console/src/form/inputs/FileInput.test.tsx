import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { fakeServer } from '../../testing/fakeServer'
import { renderPage } from '../../testing/render'
import { FileInput } from './FileInput'

it('offers the file to fill in where the command has one', async () => {
  const saved = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:template', revokeObjectURL: () => undefined }))
  const { asked } = fakeServer({ 'GET /watch-file-template': { body: {} } })
  renderPage(<FileInput template="/watch-file-template" />)
  fireEvent.click(screen.getByRole('button', { name: /form.get_template|下载模板|Download/ }))
  await waitFor(() => expect(saved).toHaveBeenCalledOnce())
  expect(asked.map(({ path }) => path)).toEqual(['/watch-file-template'])
})

it('offers none where it has none', () => {
  renderPage(<FileInput />)
  expect(screen.getAllByRole('button')).toHaveLength(1)
})
