import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { createMemoryRouter, RouterProvider } from 'react-router'
import type { ApiSchemas } from '../api/schemas'
import type { Session } from '../api/session'
import { Theme } from '../theme'

export const SESSION: Session = {
  kind: 'staff',
  name: 'Zhang',
  username: 'cashier',
  roles: ['cashier'],
  roleNames: ['Cashier'],
  permissions: ['channel.dealer.manage'],
  locale: 'zh-CN',
  businessDate: '2026-11-22',
  mustChangePassword: false,
  signInId: 1,
}

interface Given {
  at?: string
  schemas?: ApiSchemas
  session?: Session
}

/** Draw something as a signed-in person sees it. */
export function renderPage(element: ReactElement, { at = '/', schemas, session = SESSION }: Given = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 5_000 } } })
  client.setQueryData(['session'], session)
  client.setQueryData(['api-schemas'], schemas ?? { commands: {}, details: {}, listings: {}, components: {} })
  const router = createMemoryRouter([{ path: '*', element }], { initialEntries: [at] })
  const shown = render(
    <QueryClientProvider client={client}>
      <Theme>
        <RouterProvider router={router} />
      </Theme>
    </QueryClientProvider>,
  )
  return { ...shown, router, client }
}
