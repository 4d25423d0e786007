import { fireEvent, screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { fakeServer } from '../../testing/fakeServer'
import { renderPage } from '../../testing/render'
import Prepayment from './Prepayment'

const plan = { annual_rate: '0.09', next_due: '8745.15', instalments_left: 11 }
const TRIED = {
  dues_paid: '0.00', interest_to_date: '368.02', prepayment_fee: '863.07', principal_prepaid: '28768.91',
  before: plan, after: { ...plan, next_due: '6010.00' },
}
const OPEN = {
  request_no: 'TQ1', prepayment_request_state: 'open', amount: '30000.00', prepayment_mode: 'keep_term', pays_on: '2026-11-22',
  open_until: '2026-11-24', opinion: '',
}

describe('asking to repay a part early', () => {
  it('tries what was typed, asks for the same, and forgets the trial when the amount changes', async () => {
    const server = fakeServer({
      'GET /me/loans//prepayments': { body: { items: [] } },
      'POST /commands/own_prepayment_try': { body: TRIED },
      'POST /commands/own_prepayment_request': { body: OPEN },
    })
    renderPage(<Prepayment />)
    const amount = await screen.findByRole('textbox')
    fireEvent.change(amount, { target: { value: '30000' } })
    const button = () => screen.getAllByRole('button').at(-1) as HTMLElement
    fireEvent.click(button())
    expect(await screen.findByText('¥28,768.91')).toBeDefined()
    fireEvent.change(amount, { target: { value: '30000.00' } })
    expect(screen.queryByText('¥28,768.91')).toBeNull()
    fireEvent.click(button())
    await screen.findByText('¥28,768.91')
    fireEvent.click(button())
    await waitFor(() => expect(server.posts()).toHaveLength(3))
    const asked = { loan_no: '', amount: '30000.00', prepayment_mode: 'keep_term', pays_on: '2026-11-22' }
    expect(server.posts().slice(1).map(({ path, body }) => [path, body])).toEqual([
      ['/commands/own_prepayment_try', asked],
      ['/commands/own_prepayment_request', asked],
    ])
  })

  it('shows what is asked instead of asking twice, and takes it back', async () => {
    const server = fakeServer({
      'GET /me/loans//prepayments': { body: { items: [OPEN] } },
      'POST /commands/own_prepayment_withdraw': { body: OPEN },
    })
    renderPage(<Prepayment />)
    expect(await screen.findByText('¥30,000.00')).toBeDefined()
    expect(screen.queryByRole('textbox')).toBeNull()
    fireEvent.click(screen.getAllByRole('button').at(-1) as HTMLElement)
    await waitFor(() => expect(server.posts()[0]?.body).toEqual({ request_no: 'TQ1' }))
  })
})
