import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useWords } from '../../i18n/words'
import { ChoiceSheet } from '../parts/ChoiceSheet'

type Cities = Record<string, Record<string, string>>

/** The city where the customer lives, kept as its code of GB/T 2260. */
export function RegionField({ value, onChange }: { value?: string | null; onChange?: (value: string) => void }) {
  const say = useWords()
  const { data } = useQuery({
    queryKey: ['labels', 'cities'],
    queryFn: async () => (await import('../../regions/cities.json')).default as unknown as Cities,
    staleTime: Infinity,
  })
  const groups = useMemo(() => groupsOf(data ?? {}), [data])
  const chosen = groups.flatMap(({ choices }) => choices).find((city) => city.value === value)
  return (
    <ChoiceSheet
      chosen={chosen?.title}
      invitation={say('phone.choose_region')}
      groups={groups}
      onChoose={(code: string) => onChange?.(code)}
    />
  )
}

function groupsOf(cities: Cities) {
  return Object.entries(cities).map(([title, members]) => ({
    title,
    choices: Object.entries(members).map(([value, name]) => ({ value, title: name })),
  }))
}
