import { DeleteOutlined, StarOutlined } from '@ant-design/icons'
import { Button, Flex, Input, Popover, Space, Typography } from 'antd'
import { useState } from 'react'
import { useWords } from '../i18n/words'
import type { Params } from './filters'
import { useSavedFilters } from './savedFilters'

interface SavedFiltersProps {
  listing: string
  current: Params
  onPick: (params: Params) => void
}

/** Names the present filter, and brings named ones back. */
export function SavedFilters({ listing, current, onPick }: SavedFiltersProps) {
  const say = useWords()
  const { filters, save, drop } = useSavedFilters(listing)
  const [name, setName] = useState('')
  const add = () => {
    if (!name.trim()) return
    save(name.trim(), current)
    setName('')
  }
  const content = (
    <Space orientation="vertical" style={{ width: 260 }}>
      {!filters.length && <Typography.Text type="secondary">{say('ledger.no_saved_filters')}</Typography.Text>}
      {filters.map((filter) => (
        <Flex key={filter.name} justify="space-between">
          <Button type="link" size="small" onClick={() => onPick(filter.params)}>
            {filter.name}
          </Button>
          <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={say('ledger.drop_filter')} onClick={() => drop(filter.name)} />
        </Flex>
      ))}
      <Space.Compact block>
        <Input value={name} maxLength={30} placeholder={say('ledger.filter_name')} onChange={(event) => setName(event.target.value)} onPressEnter={add} />
        <Button type="primary" disabled={!name.trim()} onClick={add}>
          {say('common.save')}
        </Button>
      </Space.Compact>
    </Space>
  )
  return (
    <Popover trigger="click" placement="bottomRight" content={content} title={say('ledger.saved_filters')}>
      <Button icon={<StarOutlined />}>{say('ledger.saved_filters')}</Button>
    </Popover>
  )
}
