import { QueryFilter } from '@ant-design/pro-components'
import { DatePicker, Form, Input, Select, Space } from 'antd'
import type { ListingFilter, ListingMeta } from '../api/lists'
import { ReferenceSelect } from '../form/inputs/ReferenceSelect'
import { referenceOf } from '../form/references'
import { useReadable } from '../form/useReadable'
import { useLabels, useWords } from '../i18n/words'
import { RegionSelect } from '../regions/RegionSelect'
import { isRegion } from '../regions/useCities'
import { formOf, isRange, paramsOf, type FilterValues, type Params } from './filters'

interface LedgerSearchProps {
  meta: ListingMeta
  /** Keys that the page has fixed; they are not offered. */
  fixed: Params
  params: Params
  onSearch: (filters: Params) => void
}

/** The search form above a list, made from the listing's filters. */
export function LedgerSearch({ meta, fixed, params, onSearch }: LedgerSearchProps) {
  const say = useWords()
  const labels = useLabels()
  const isReadable = useReadable()
  const filters = meta.filters.filter((filter) => !(filter.key in fixed) && isAskable(filter) && isReadable(referenceOf(filter.key)))
  if (!filters.length && !meta.search.length) return null
  return (
    <QueryFilter<FilterValues>
      name="search" // the ids of its inputs differ from those of a command's form above the list
      key={JSON.stringify(params)}
      initialValues={formOf(filters, params)}
      onFinish={(values) => {
        onSearch(paramsOf(filters, values))
        return Promise.resolve()
      }}
      onReset={() => onSearch({})}
      defaultColsNumber={4}
      labelWidth="auto"
      style={{ marginBottom: 12, background: 'var(--axle-surface)', borderRadius: 8 }}
    >
      {meta.search.length > 0 && (
        <Form.Item name="q" label={say('ledger.keyword')}>
          <Input allowClear placeholder={say('ledger.keyword_hint')} />
        </Form.Item>
      )}
      {filters.map((filter) => (
        <Form.Item key={filter.key} name={filter.key} label={labels.fieldOf({ key: filter.key, owner: meta.name })}>
          <FilterInput filter={filter} />
        </Form.Item>
      ))}
    </QueryFilter>
  )
}

/** Nobody knows the number of a row by heart: it is only asked for where the rows can be found by name. */
function isAskable({ key }: ListingFilter): boolean {
  return !key.endsWith('_id') || referenceOf(key) !== undefined
}

interface InputProps {
  id?: string
  value?: unknown
  onChange?: (value: unknown) => void
}

/** The input that fits a column's kind; the form gives it its value. */
function FilterInput({ filter, ...given }: { filter: ListingFilter } & InputProps) {
  const say = useWords()
  const labels = useLabels()
  const bound = given as Record<string, unknown>
  if (filter.kind === 'date' || filter.kind === 'datetime') {
    return <DatePicker.RangePicker {...bound} allowEmpty style={{ width: '100%' }} />
  }
  if (isRange(filter)) return <RangeInput {...given} />
  if (filter.kind === 'bool') {
    const options = [true, false].map((is) => ({ value: String(is), label: say(is ? 'common.yes' : 'common.no') }))
    return <Select {...bound} allowClear options={options} />
  }
  if (isRegion(filter.key)) return <RegionSelect {...(given as object)} />
  const reference = referenceOf(filter.key)
  if (reference) return <ReferenceSelect {...(given as object)} reference={reference} />
  if (filter.kind === 'enum') {
    const options = filter.choices?.map((value) => ({ value, label: labels.enumText(filter.enum ?? '', value) })) ?? labels.members(filter.enum ?? '')
    return <Select {...bound} mode="multiple" allowClear maxTagCount="responsive" options={options} showSearch={{ optionFilterProp: 'label' }} />
  }
  return <Input {...bound} allowClear />
}

/** Two exact numbers as text. */
function RangeInput({ value, onChange, id }: InputProps) {
  const [lower = '', upper = ''] = (value ?? []) as (string | undefined)[]
  return (
    <Space.Compact block>
      <Input {...(id ? { id } : {})} inputMode="decimal" placeholder="≥" value={lower} onChange={(event) => onChange?.([event.target.value.trim(), upper])} />
      <Input inputMode="decimal" placeholder="≤" value={upper} onChange={(event) => onChange?.([lower, event.target.value.trim()])} />
    </Space.Compact>
  )
}
