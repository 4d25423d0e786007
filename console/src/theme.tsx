import { LoadingOutlined } from '@ant-design/icons'
import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import type { ReactNode } from 'react'
import { useLanguage } from './i18n/words'

const TOKENS = { colorPrimary: '#1554ad', borderRadius: 6 }

/** Nothing moves for who asked their system for less motion. */
const isStill = () => window.matchMedia('(prefers-reduced-motion: reduce)').matches

/** Seen but not read out: a busy button keeps its name, and the sign is gone with the work, without a motion that can stick. */
const BUSY = { loadingIcon: <LoadingOutlined aria-hidden /> }

/** Ant Design in the house's colours and the reader's language. */
export function Theme({ children }: { children: ReactNode }) {
  const language = useLanguage()
  return (
    <ConfigProvider locale={language === 'zh-CN' ? zhCN : enUS} theme={{ token: { ...TOKENS, motion: !isStill() } }} button={BUSY}>
      <App>{children}</App>
    </ConfigProvider>
  )
}
