import { useQuery } from '@tanstack/react-query'
import { CascadePicker } from 'antd-mobile'
import { useMemo, useState } from 'react'
import { get } from '../../api/request'
import { showYuan } from '../../format/money'
import { useWords } from '../../i18n/words'

interface Trim {
  id: number
  make: string
  series: string
  model_year: number
  name: string
  guide_price: string
}

interface Option {
  label: string
  value: string
  children?: Option[]
}

/** Make, series and trim from the catalogue; the form keeps the trim's number. */
export function TrimField({ value, onChange }: { value?: number | null; onChange?: (value: number) => void }) {
  const say = useWords()
  const [isOpen, setOpen] = useState(false)
  const { data } = useQuery({ queryKey: ['trims'], queryFn: () => get<Trim[]>('/vehicles/catalogue'), staleTime: Infinity })
  const options = useMemo(() => treeOf(data ?? []), [data])
  const chosen = data?.find((trim) => trim.id === value)
  return (
    <>
      <a onClick={() => setOpen(true)}>{chosen ? `${chosen.make} ${chosen.series} ${trimName(chosen)}` : say('phone.choose_trim')}</a>
      <CascadePicker
        visible={isOpen}
        options={options}
        value={chosen ? [chosen.make, chosen.series, String(chosen.id)] : []}
        onClose={() => setOpen(false)}
        onConfirm={(path) => onChange?.(Number(path[2]))}
      />
    </>
  )
}

function trimName(trim: Trim): string {
  return `${trim.model_year} ${trim.name} ¥${showYuan(trim.guide_price)}`
}

function treeOf(trims: Trim[]): Option[] {
  return grouped(trims, ({ make }) => make, seriesOf)
}

function seriesOf(trims: Trim[]): Option[] {
  return grouped(trims, ({ series }) => series, (ofSeries) =>
    ofSeries.map((trim) => ({ label: trimName(trim), value: String(trim.id) })),
  )
}

function grouped(trims: Trim[], nameOf: (trim: Trim) => string, childrenOf: (trims: Trim[]) => Option[]): Option[] {
  const groups = new Map<string, Trim[]>()
  for (const trim of trims) groups.set(nameOf(trim), [...(groups.get(nameOf(trim)) ?? []), trim])
  return Array.from(groups, ([name, members]) => ({ label: name, value: name, children: childrenOf(members) }))
}
