import { useQuery } from '@tanstack/react-query'
import { ApiError } from '../../api/error'
import { get } from '../../api/request'

/** A part of a case that is read by itself; null when there is nothing of it yet. */
export function usePart<T>(path: string, isAsked = true) {
  return useQuery({
    queryKey: ['case', path],
    queryFn: () => get<T>(path).catch(nothing),
    enabled: isAsked,
  })
}

function nothing(error: unknown): null {
  if (error instanceof ApiError && error.status === 404) return null
  throw error
}
