import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { useLabels, useWords } from '../../i18n/words'
import { optionOf, rowsOf, type Choice, type Option } from '../referenceRows'
import type { Reference } from '../references'
import type { InputProps } from './props'

type Chosen = Choice | Choice[]
interface ReferenceSelectProps extends InputProps<Chosen> {
  reference: Reference
  isMany?: boolean
  /** More conditions on the rows that are offered. */
  narrowing?: Record<string, string>
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
  const found = (data ?? []).map((row) => optionOf(reference, row, labels))
  const options = [...useNamed(reference, data ? strange(value, found) : []), ...found]
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
      options={grouped([...strange(value, options).map(unknown), ...options])}
    />
  )
}

/** What is chosen already and not among some rows. */
function strange(value: Chosen | null | undefined, options: Option[]): Choice[] {
  const chosen = value == null ? [] : Array.isArray(value) ? value : [value]
  return chosen.filter((one) => !options.some((option) => option.value === one))
}

/** A choice without a row; its number stands for it. */
function unknown(value: Choice): Option {
  return { value, label: typeof value === 'number' ? `#${value}` : value, group: '' }
}

/** The rows of choices by a code that lie beyond those found at once. */
function useNamed(reference: Reference, codes: Choice[]): Option[] {
  const labels = useLabels()
  const [code] = codes.filter((one) => typeof one === 'string')
  const query: Record<string, string> = code ? { q: code } : {}
  const { data } = useQuery({
    queryKey: ['reference', 'listing' in reference ? reference.listing : '', query],
    queryFn: ({ signal }) => rowsOf(reference, query, signal),
    enabled: 'listing' in reference && code !== undefined,
  })
  return (data ?? []).map((row) => optionOf(reference, row, labels)).filter(({ value }) => value === code)
}
