import { enUSIntl, ProConfigProvider, ProLayout, zhCNIntl } from '@ant-design/pro-components'
import { Tag } from 'antd'
import { useMemo } from 'react'
import { Link, Outlet, useLocation } from 'react-router'
import { useActor } from '../api/session'
import { useLabels, useLanguage, useWords } from '../i18n/words'
import { OpenPagesProvider } from '../routes/links'
import type { Page } from '../routes/spec'
import { SignInAgain } from '../session/SignInAgain'
import { LanguageSwitch } from './LanguageSwitch'
import { menuOf } from './menu'
import { useFold } from './useFold'
import { UserMenu } from './UserMenu'

/** Menu, header and the open page. */
export function Shell({ pages }: { pages: Page[] }) {
  const say = useWords()
  const labels = useLabels()
  const language = useLanguage()
  const { pathname } = useLocation()
  const { isFolded, setFolded } = useFold()
  const menu = useMemo(() => menuOf(pages, labels, say), [pages, labels, say])
  return (
    <OpenPagesProvider pages={pages}>
      <ProConfigProvider intl={language === 'zh-CN' ? zhCNIntl : enUSIntl}>
      <ProLayout
        title={say('app.name')}
        logo="./favicon.svg"
        layout="mix"
        fixSiderbar
        breakpoint={false}
        collapsed={isFolded}
        onCollapse={setFolded}
        siderWidth={language === 'zh-CN' ? 208 : 240}
        locale={language}
        menu={{ locale: false }}
        route={{ path: '/', routes: menu }}
        location={{ pathname }}
        menuItemRender={(item, dom) => <Link to={item.path ?? '/'}>{dom}</Link>}
        actionsRender={() => [<BusinessDate key="date" />, <LanguageSwitch key="language" />, <UserMenu key="user" />]}
        contentStyle={{ padding: 16 }}
      >
        <Outlet />
      </ProLayout>
      <SignInAgain />
    </ProConfigProvider>
    </OpenPagesProvider>
  )
}

/** The day the books are open for, which is not always today. */
function BusinessDate() {
  const say = useWords()
  const { businessDate } = useActor()
  return <Tag color="blue">{say('shell.business_date', { date: businessDate })}</Tag>
}
