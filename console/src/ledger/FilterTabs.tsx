import { Tabs } from 'antd'
import type { ListingMeta } from '../api/lists'
import { useLabels, useWords } from '../i18n/words'
import type { Params } from './filters'

interface FilterTabsProps {
  meta: ListingMeta
  params: Params
  onPick: (params: Params) => void
}

const ALL = ''

/** The choices of a list's main filter, one tap each; several at once are still chosen in the search form. */
export function FilterTabs({ meta, params, onPick }: FilterTabsProps) {
  const labels = useLabels()
  const say = useWords()
  const filter = meta.filters.find(({ key }) => key === meta.tabs)
  if (!filter?.choices?.length) return null
  const { [filter.key]: chosen = ALL, ...others } = params
  return (
    <Tabs
      activeKey={chosen}
      style={{ marginBottom: -16 }}
      items={[ALL, ...filter.choices].map((value) => ({
        key: value,
        label: value === ALL ? say('ledger.all') : labels.enumText(filter.enum ?? '', value),
      }))}
      onChange={(value) => onPick(value === ALL ? others : { ...others, [filter.key]: value })}
    />
  )
}
