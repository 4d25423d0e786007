import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { errorText, useWords } from '../../i18n/words'
import { tell } from './tell'

/** Runs one thing at a time, tells what went wrong, and has everything shown read again. Null when it failed. */
export function useAct() {
  const say = useWords()
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const act = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (isBusy) return null
    setBusy(true)
    try {
      const done = await work()
      await client.invalidateQueries({ predicate: ({ queryKey }) => !['session', 'labels'].includes(String(queryKey[0])) })
      return done
    } catch (error) {
      tell(errorText(error, say))
      return null
    } finally {
      setBusy(false)
    }
  }
  return { act, isBusy }
}
