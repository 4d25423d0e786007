import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import type { Row } from '../../api/lists'
import { useWords } from '../../i18n/words'
import type { Reference } from '../references'
import type { InputProps } from './props'

type Choice = string | number

async function rowsOf(reference: Reference, term: string, signal: AbortSignal): Promise<Row[]> {
  if ('path' in reference) return get<Row[]>(reference.path, undefined, signal)
  const query = { q: term, page_size: 30 }
  return (await get<{ items: Row[] }>(`/lists/${reference.listing}`, query, signal)).items
}

function optionOf(reference: Reference, row: Row) {
  const label = reference.label.map((key) => row[key]).filter(Boolean).join(' ')
  return { value: row[reference.value ?? 'id'] as Choice, label }
}

/** A choice among the rows that a listing shows this person; typing searches on the server. */
export function ReferenceSelect({ reference, value, onChange, ...rest }: InputProps<Choice> & { reference: Reference }) {
  const say = useWords()
  const [term, setTerm] = useState('')
  const { data, isFetching } = useQuery({
    queryKey: ['reference', reference, 'path' in reference ? '' : term],
    queryFn: ({ signal }) => rowsOf(reference, term, signal),
    placeholderData: (previous) => previous,
  })
  const options = (data ?? []).map((row) => optionOf(reference, row))
  const isKnown = value == null || options.some((option) => option.value === value)
  return (
    <Select<Choice>
      {...rest}
      allowClear
      showSearch={{ filterOption: 'path' in reference, optionFilterProp: 'label', onSearch: setTerm }}
      loading={isFetching}
      placeholder={say('form.search_and_choose')}
      value={value ?? null}
      onChange={(next: Choice | undefined) => onChange?.(next ?? null)}
      options={isKnown ? options : [{ value, label: `#${value}` }, ...options]}
    />
  )
}
