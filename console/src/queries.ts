import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './api/error'

const TRIES = 3

/** A refusal stays a refusal; only a lost connection or a failing server is tried again. */
function mayTryAgain(failures: number, error: Error): boolean {
  const isRefusal = error instanceof ApiError && error.status >= 400 && error.status < 500
  return !isRefusal && failures < TRIES
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: mayTryAgain, staleTime: 5_000, refetchOnWindowFocus: false } },
  })
}
