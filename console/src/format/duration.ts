import type { Say } from '../i18n/words'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** How long between two moments, in the largest unit that fits, rounded down. */
export function showDuration(from: Date, to: Date, say: Say): string {
  const length = Math.abs(to.getTime() - from.getTime())
  if (length >= 2 * DAY) return say('time.days', { n: Math.floor(length / DAY) })
  if (length >= 2 * HOUR) return say('time.hours', { n: Math.floor(length / HOUR) })
  return say('time.minutes', { n: Math.floor(length / MINUTE) })
}
