import { fireEvent, render, screen, waitFor } from '@testing-library/react'
import { QueryClientProvider } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { get } from '../api/request'
import { newQueryClient } from '../queries'
import { fakeServer } from '../testing/fakeServer'
import { renderPage, SESSION } from '../testing/render'
import { Theme } from '../theme'
import { SessionGate } from './SessionGate'
import { SignInAgain } from './SignInAgain'

const NOBODY = { user: null, actor: null, roles: [], role_names: [], sign_in_id: null, permissions: [], locale: 'zh-CN', business_date: '2026-11-22', csrf_token: 'first' }
const SOMEBODY = { ...NOBODY, user: { username: 'cashier', must_change_password: false }, actor: { kind: 'dealer', name: 'Zhang' } }
const OVER = { status: 401, body: { code: 'not_signed_in', message: '请登录' } }

const fill = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
const enter = () => fireEvent.click(screen.getByRole('button', { name: /登\s*录/ }))

function openConsole() {
  render(
    <QueryClientProvider client={newQueryClient()}>
      <Theme>
        <SessionGate />
      </Theme>
    </QueryClientProvider>,
  )
}

describe('signing in', () => {
  it('sends name and password with the CSRF token, and says what was refused', async () => {
    const server = fakeServer({
      'GET /session': { body: NOBODY },
      'POST /session': { status: 401, body: { code: 'sign_in_refused', message: '用户名或密码不正确' } },
    })
    openConsole()
    await screen.findByLabelText('用户名')
    fill('用户名', 'cashier')
    fill('密码', 'wrong')
    enter()
    expect(await screen.findByText('用户名或密码不正确')).toBeDefined()
    expect(server.posts()[0]?.headers.get('X-CSRFToken')).toBe('first')
  })

  it('asks for the one-time code when the account has one', async () => {
    const server = fakeServer({
      'GET /session': { body: NOBODY },
      'POST /session': { status: 401, body: { code: 'totp_required', message: '请输入动态验证码' } },
    })
    openConsole()
    await screen.findByLabelText('用户名')
    fill('用户名', 'cashier')
    fill('密码', 'right')
    enter()
    await screen.findByLabelText('动态验证码')
    fill('动态验证码', '123456')
    enter()
    await waitFor(() => expect(server.posts()).toHaveLength(2))
    expect(server.posts()[1]?.body).toEqual({ username: 'cashier', password: 'right', totp: '123456' })
  })
})

describe('the end of a session', () => {
  it('asks the same person to sign in over the page, which stays as it is', async () => {
    fakeServer({ 'GET /lists/loans': OVER, 'POST /session': { body: SOMEBODY } })
    renderPage(
      <>
        <input aria-label="draft" defaultValue="half written" />
        <SignInAgain />
      </>,
    )
    await get('/lists/loans').catch(() => undefined)
    expect(await screen.findByText('登录已过期')).toBeDefined()
    expect(screen.getByLabelText<HTMLInputElement>('用户名').value).toBe(SESSION.username)
    fill('密码', 'right')
    enter()
    await waitFor(() => expect(screen.queryByText('登录已过期')).toBeNull())
    expect(screen.getByLabelText<HTMLInputElement>('draft').value).toBe('half written')
  })
})
