import dayjs, { type Dayjs } from 'dayjs'
import type { ListingFilter } from '../api/lists'

/** What the search form holds: lists for enumerations, pairs for ranges, text for the rest. */
export type FilterValues = Record<string, unknown>
export type Params = Record<string, string>

const DATES = ['date', 'datetime']
const RANGES = ['money', 'integer', 'rate', ...DATES]

/** Whether a filter is a lower and an upper bound; the number of another row is one value. */
export function isRange(filter: ListingFilter): boolean {
  return RANGES.includes(filter.kind) && !filter.key.endsWith('_id')
}

function ends(filter: ListingFilter): [string, string] {
  const [lower, upper] = DATES.includes(filter.kind) ? ['from', 'to'] : ['min', 'max']
  return [`${filter.key}_${lower}`, `${filter.key}_${upper}`]
}

/** Query parameters as the values of the search form. */
export function formOf(filters: ListingFilter[], params: Params): FilterValues {
  const values: FilterValues = { q: params.q }
  for (const filter of filters) values[filter.key] = valueOf(filter, params)
  return values
}

function valueOf(filter: ListingFilter, params: Params): unknown {
  if (isRange(filter)) {
    const pair = ends(filter).map((name) => params[name])
    if (!pair.some(Boolean)) return undefined
    return DATES.includes(filter.kind) ? pair.map((day) => (day ? dayjs(day) : null)) : pair
  }
  const text = params[filter.key]
  if (filter.key.endsWith('_id')) return text && Number(text)
  return filter.kind === 'enum' ? text?.split(',') : text
}

/** The search form's values as query parameters; what is empty is left out. */
export function paramsOf(filters: ListingFilter[], values: FilterValues): Params {
  const params: Params = {}
  if (typeof values.q === 'string' && values.q.trim()) params.q = values.q.trim()
  for (const filter of filters) Object.assign(params, paramOf(filter, values[filter.key]))
  return params
}

function paramOf(filter: ListingFilter, value: unknown): Params {
  if (value == null || value === '') return {}
  if (Array.isArray(value) && isRange(filter)) return rangeParams(filter, value as (Dayjs | string | null)[])
  if (Array.isArray(value)) return value.length ? { [filter.key]: value.join(',') } : {}
  if (typeof value === 'number') return { [filter.key]: String(value) }
  return typeof value === 'string' ? { [filter.key]: value.trim() } : {}
}

function rangeParams(filter: ListingFilter, pair: (Dayjs | string | null)[]): Params {
  const params: Params = {}
  ends(filter).forEach((name, index) => {
    const bound = pair[index]
    if (bound) params[name] = dayjs.isDayjs(bound) ? bound.format('YYYY-MM-DD') : bound
  })
  return params
}
