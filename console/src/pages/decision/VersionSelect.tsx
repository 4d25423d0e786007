import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { get } from '../../api/request'
import { useLabels, useWords } from '../../i18n/words'

interface VersionRow {
  id: number
  strategy_name: string
  version_no: number
  state: string
}

interface VersionSelectProps {
  id?: string
  /** Only versions of this strategy. */
  strategy?: string
  value?: number | undefined
  /** The version that cannot be chosen. */
  without?: number
  onChange: (versionId: number) => void
}

/** A version of a strategy, chosen by its number and state. */
export function VersionSelect({ id, strategy, value, without, onChange }: VersionSelectProps) {
  const say = useWords()
  const labels = useLabels()
  const { data } = useQuery({
    queryKey: ['strategy-version-choice', strategy],
    queryFn: () => get<{ items: VersionRow[] }>('/lists/strategy_versions', { page_size: 100, strategy }),
  })
  const options = (data?.items ?? [])
    .filter((version) => version.id !== without)
    .map(({ id: versionId, strategy_name, version_no, state }) => ({
      value: versionId,
      label: say('strategy.version_named', { name: strategy_name, no: version_no, state: labels.enumText('StrategyState', state) }),
    }))
  return (
    <Select
      {...(id ? { id } : {})}
      value={value ?? null}
      loading={!data}
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={say('strategy.choose_version')}
      style={{ minWidth: 320 }}
      options={options}
      onChange={onChange}
    />
  )
}
