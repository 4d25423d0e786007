import {
  AccountBookOutlined, AuditOutlined, BankOutlined, BarChartOutlined, CarOutlined, DashboardOutlined, FileDoneOutlined,
  FormOutlined, PayCircleOutlined, SafetyCertificateOutlined, SettingOutlined, ShopOutlined, TagsOutlined, TeamOutlined,
} from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Labels, Say } from '../i18n/words'
import { MENUS, type Menu, type Page } from '../routes/spec'

const ICONS: Record<Menu, ReactNode> = {
  workbench: <DashboardOutlined />,
  intake: <FormOutlined />,
  review: <AuditOutlined />,
  contract: <FileDoneOutlined />,
  disbursement: <PayCircleOutlined />,
  loan: <AccountBookOutlined />,
  finance: <BankOutlined />,
  channel: <ShopOutlined />,
  vehicle: <CarOutlined />,
  customer: <TeamOutlined />,
  product: <TagsOutlined />,
  risk: <SafetyCertificateOutlined />,
  report: <BarChartOutlined />,
  system: <SettingOutlined />,
}

export interface MenuItem {
  path: string
  name: string
  icon?: ReactNode
  children?: MenuItem[]
}

/** The menu of the pages that are open; a group with one page is that page. */
export function menuOf(pages: readonly Page[], labels: Labels, say: Say): MenuItem[] {
  return MENUS.flatMap((menu) => {
    const children = pages.filter((page) => page.menu === menu).flatMap((page) => itemOf(page, labels, say))
    const name = say(`menu.${menu}`)
    const [only] = children
    if (!only) return []
    if (children.length === 1) return [{ path: only.path, name, icon: ICONS[menu] }]
    return [{ path: `/${menu}`, name, icon: ICONS[menu], children }]
  })
}

function itemOf(page: Page, labels: Labels, say: Say): MenuItem[] {
  if (page.type === 'detail') return []
  if (page.type === 'ledger') return [{ path: page.path, name: labels.listing(page.listing) }]
  return page.isHidden ? [] : [{ path: page.path, name: say(page.title) }]
}
