import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import { useLabels, useWords, type Labels } from '../../i18n/words'
import type { Reference, ReferenceRow } from '../references'
import type { InputProps } from './props'

type Choice = string | number
type Chosen = Choice | Choice[]
interface Option {
  value: Choice
  label: string
  group: string
}

interface ReferenceSelectProps extends InputProps<Chosen> {
  reference: Reference
  isMany?: boolean
  /** More conditions on the rows that are offered. */
  narrowing?: Record<string, string>
}

const FOUND_AT_ONCE = 30

async function rowsOf(reference: Reference, query: Record<string, string>, signal: AbortSignal): Promise<ReferenceRow[]> {
  if ('path' in reference) return get<ReferenceRow[]>(reference.path, undefined, signal)
  const answer = await get<{ items: ReferenceRow[] }>(`/lists/${reference.listing}`, { ...query, page_size: FOUND_AT_ONCE }, signal)
  return answer.items
}

function optionOf(reference: Reference, row: ReferenceRow, labels: Labels): Option {
  const { label, group } = reference
  const text = typeof label === 'function' ? label(row, labels) : label.map((key) => row[key]).filter(Boolean).join(' ')
  return { value: row[reference.value ?? 'id'] as Choice, label: text, group: group?.(row, labels) ?? '' }
}

/** Options under their headings, when they have any. */
function grouped(options: Option[]) {
  const headings = [...new Set(options.map(({ group }) => group))]
  if (headings.length === 1 && headings[0] === '') return options
  return headings.map((heading) => ({ label: heading, options: options.filter(({ group }) => group === heading) }))
}

/** A choice among the rows that a listing shows this person; typing searches on the server. */
export function ReferenceSelect({ reference, isMany = false, narrowing = {}, value, onChange, ...rest }: ReferenceSelectProps) {
  const say = useWords()
  const labels = useLabels()
  const [term, setTerm] = useState('')
  const isShort = 'path' in reference
  const query = isShort ? {} : { ...reference.query, ...narrowing, ...(term ? { q: term } : {}) }
  const { data, isFetching } = useQuery({
    queryKey: ['reference', isShort ? reference.path : reference.listing, query],
    queryFn: ({ signal }) => rowsOf(reference, query, signal),
    placeholderData: (previous) => previous,
  })
  const options = (data ?? []).map((row) => optionOf(reference, row, labels))
  return (
    <Select<Chosen>
      {...rest}
      allowClear
      {...(isMany ? { mode: 'multiple' as const } : {})}
      showSearch={{ filterOption: isShort, optionFilterProp: 'label', onSearch: setTerm }}
      loading={isFetching}
      placeholder={say('form.search_and_choose')}
      value={value ?? null}
      onChange={(next: Chosen | undefined) => onChange?.(next ?? null)}
      options={grouped([...unknown(value, options), ...options])}
    />
  )
}

/** What is chosen already and not among the rows found; its number stands for it. */
function unknown(value: Chosen | null | undefined, options: Option[]): Option[] {
  const chosen = value == null ? [] : Array.isArray(value) ? value : [value]
  const strange = chosen.filter((one) => !options.some((option) => option.value === one))
  return strange.map((one) => ({ value: one, label: typeof one === 'number' ? `#${one}` : one, group: '' }))
}
