import { QueryClientProvider } from '@tanstack/react-query'
import { ConfigProvider } from 'antd-mobile'
import enUS from 'antd-mobile/es/locales/en-US'
import zhCN from 'antd-mobile/es/locales/zh-CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createHashRouter, RouterProvider } from 'react-router'
import { startWords } from '../i18n/setup'
import { useLanguage } from '../i18n/words'
import { newQueryClient } from '../queries'
import { renewWhenUpdated } from '../renewal'
import { addressHash } from './address'
import './phone.css'
import './react19'
import { phoneRoutes } from './routes'
import { phoneWords } from './words'

function App() {
  const language = useLanguage()
  return (
    <StrictMode>
      <QueryClientProvider client={client}>
        <ConfigProvider locale={language === 'zh-CN' ? zhCN : enUS}>
          <RouterProvider router={router} />
        </ConfigProvider>
      </QueryClientProvider>
    </StrictMode>
  )
}

window.history.replaceState(null, '', addressHash(window.location.pathname, window.location.hash))
renewWhenUpdated()
const client = newQueryClient()
const router = createHashRouter(phoneRoutes)
const root = createRoot(document.getElementById('root') as HTMLElement)
void startWords(phoneWords).then(() => root.render(<App />))
