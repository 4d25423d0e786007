import { Dialog } from 'antd-mobile'
import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import './react19'

describe('antd-mobile under React 19', () => {
  it('opens a dialog from code and gives the answer', async () => {
    const answer = Dialog.confirm({ content: 'Sure?', confirmText: 'Yes', cancelText: 'No' })
    await screen.findByText('Sure?')
    screen.getByText('Yes').click()
    expect(await answer).toBe(true)
    await waitFor(() => expect(document.querySelector('.adm-dialog')).toBeNull())
  })
})
