import { NavBar, NoticeBar } from 'antd-mobile'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { useConnection } from '../../connection/useConnection'
import { changeLanguage } from '../../i18n/setup'
import { useLanguage, useWords } from '../../i18n/words'

interface PhonePageProps {
  title?: string
  /** Where the arrow leads; no arrow without it. */
  back?: string
  /** Stays at the bottom of the screen: the button that goes on. */
  foot?: ReactNode
  children: ReactNode
}

/** The frame of every phone page: title, way back, language, and word when the connection is lost. */
export function PhonePage({ title, back, foot, children }: PhonePageProps) {
  const say = useWords()
  const navigate = useNavigate()
  const isConnected = useConnection()
  return (
    <div className="phone-page">
      <NavBar back={back ? say('common.back') : null} onBack={() => back && void navigate(back)} right={<Language />}>
        {title}
      </NavBar>
      {!isConnected && <NoticeBar content={say('connection.lost')} color="alert" />}
      <div className="phone-page__body">{children}</div>
      {foot && <div className="phone-page__foot">{foot}</div>}
    </div>
  )
}

function Language() {
  const say = useWords()
  const other = useLanguage() === 'zh-CN' ? 'en-US' : 'zh-CN'
  return <a onClick={() => void changeLanguage(other)}>{say('language.other')}</a>
}
