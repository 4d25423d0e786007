import { useQueryClient, type Query } from '@tanstack/react-query'
import { App } from 'antd'
import { useRef, useState } from 'react'
import { commandRun, FormKeys, type Done } from '../api/commands'
import { useLabels, useWords } from '../i18n/words'

/** Read once in the life of the page; a command does not change them. */
const FIXED_QUERIES = ['session', 'listing-meta', 'api-schemas']

function mayHaveChanged(query: Query): boolean {
  return !FIXED_QUERIES.includes(String(query.queryKey[0]))
}

/** Runs one command of one form: not twice at a time, not doubled by a retry; afterwards everything shown is read again. */
export function useCommand<T = Record<string, unknown>>(command: string) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const say = useWords()
  const labels = useLabels()
  const [keys] = useState(() => new FormKeys())
  const [isBusy, setBusy] = useState(false)
  const running = useRef(false)

  const announce = (done: Done<T>) => {
    const what = labels.command(command)
    if (done.pendingNo === null) message.success(say('form.done', { what }))
    else message.info(say('form.pending', { what, no: done.pendingNo }), 8)
  }

  /** Null when the same form is being sent already. Errors: ApiError. */
  const run = async (input: unknown): Promise<Done<T> | null> => {
    if (running.current) return null
    running.current = true
    setBusy(true)
    try {
      const done = await commandRun<T>(command, input, keys.keyFor(input))
      keys.renew()
      announce(done)
      await client.invalidateQueries({ predicate: mayHaveChanged })
      return done
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return { run, isBusy }
}
