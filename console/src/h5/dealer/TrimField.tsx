import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { get } from '../../api/request'
import { showYuan } from '../../format/money'
import { useWords } from '../../i18n/words'
import { ChoiceSheet } from '../parts/ChoiceSheet'
import type { ChoiceGroup } from '../parts/choices'

interface Trim {
  id: number
  make: string
  series: string
  model_year: number
  name: string
  guide_price: string
}

/** Make, series and trim from the catalogue; the form keeps the trim's number. */
export function TrimField({ value, onChange }: { value?: number | null; onChange?: (value: number) => void }) {
  const say = useWords()
  const { data } = useQuery({ queryKey: ['trims'], queryFn: () => get<Trim[]>('/vehicles/catalogue'), staleTime: Infinity })
  const groups = useMemo(() => byMake(data ?? []), [data])
  const chosen = data?.find((trim) => trim.id === value)
  return (
    <ChoiceSheet
      chosen={chosen && `${chosen.make} ${titleOf(chosen)}`}
      invitation={say('phone.choose_trim')}
      groups={groups}
      onChoose={(id: number) => onChange?.(id)}
    />
  )
}

function titleOf({ series, model_year, name }: Trim): string {
  return `${series} ${model_year} ${name}`
}

function byMake(trims: Trim[]): ChoiceGroup<number>[] {
  const groups = new Map<string, ChoiceGroup<number>>()
  for (const trim of trims) {
    const group = groups.get(trim.make) ?? { title: trim.make, choices: [] }
    group.choices.push({ value: trim.id, title: titleOf(trim), hint: `¥${showYuan(trim.guide_price)}` })
    groups.set(trim.make, group)
  }
  return Array.from(groups.values())
}
