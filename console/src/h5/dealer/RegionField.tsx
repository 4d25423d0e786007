import { useMemo } from 'react'
import { useWords } from '../../i18n/words'
import { useCities, type Cities } from '../../regions/useCities'
import { ChoiceSheet } from '../parts/ChoiceSheet'

/** The city where the customer lives, kept as its code of GB/T 2260. */
export function RegionField({ value, onChange }: { value?: string | null; onChange?: (value: string) => void }) {
  const say = useWords()
  const cities = useCities()
  const groups = useMemo(() => groupsOf(cities), [cities])
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
