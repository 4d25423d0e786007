import { useCities } from './useCities'

/** A city by its name; a code that names none is shown as it is. */
export function RegionName({ code }: { code: string }) {
  const cities = useCities()
  const found = Object.values(cities).find((members) => code in members)
  return <>{found?.[code] ?? code}</>
}
