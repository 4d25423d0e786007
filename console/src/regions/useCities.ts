import { useQuery } from '@tanstack/react-query'

/** Cities by province; each by its code of GB/T 2260. */
export type Cities = Record<string, Record<string, string>>

/** Read when somebody first sees or chooses a city. */
export function useCities(): Cities {
  const { data } = useQuery({
    queryKey: ['labels', 'cities'],
    queryFn: async () => (await import('./cities.json')).default as unknown as Cities,
    staleTime: Infinity,
  })
  return data ?? NONE
}

const NONE: Cities = {}

/** Keys that hold the code of a city. */
export function isRegion(key: string): boolean {
  return key === 'region' || key === 'region_code'
}
