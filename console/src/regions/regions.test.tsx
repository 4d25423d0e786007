import { fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it, vi } from 'vitest'
import { renderPage } from '../testing/render'
import { RegionName } from './RegionName'
import { RegionSelect } from './RegionSelect'

it('shows a city by its name, and a code that names none as it is', async () => {
  renderPage(
    <>
      <p><RegionName code="310100" /></p>
      <p><RegionName code="999999" /></p>
    </>,
  )
  expect(await screen.findByText('上海市')).toBeTruthy()
  expect(screen.getByText('999999')).toBeTruthy()
})

it('finds a city by its name and gives its code', async () => {
  const choose = vi.fn()
  renderPage(<RegionSelect onChange={choose} />)
  fireEvent.change(screen.getByRole('combobox'), { target: { value: '苏州' } })
  fireEvent.click(await screen.findByText('苏州市'))
  await waitFor(() => expect(choose).toHaveBeenCalledWith('320500'))
})
