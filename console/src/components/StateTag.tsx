import { Tag } from 'antd'
import { useLabels } from '../i18n/words'

/** Tones by the last word of a state; states that mean neither good nor bad stay plain. */
const TONES: Record<string, string> = {
  active: 'success', succeeded: 'success', approved: 'success', approve: 'success', passed: 'success', signed: 'success',
  settled: 'success', normal: 'success', done: 'success', completed: 'success', disbursed: 'success', posted: 'success',
  confirmed: 'success', paid: 'success', force: 'success', satisfied: 'success', published: 'success', compiled: 'processing',
  red: 'red', orange: 'orange', yellow: 'gold',
  claimed: 'processing', review: 'processing', registered: 'processing', preparing: 'processing', open: 'processing', submitted: 'processing', reviewing: 'processing', running: 'processing',
  doing: 'processing', sent: 'processing', accepted: 'processing', pending: 'warning', refer: 'warning', unknown: 'warning',
  suspended: 'warning', returned: 'warning', supplement: 'warning', todo: 'warning', draft: 'default', overdue: 'error',
  declined: 'error', decline: 'error', rejected: 'error', failed: 'error', blacklisted: 'error', loss: 'error', critical: 'error', unsatisfied: 'error', knock_out: 'error', doubtful: 'warning',
  fail: 'error', warn: 'warning', serious: 'error', warning: 'warning', no_answer: 'warning', pass: 'success', void: 'error', voided: 'error', hit: 'success', no_record: 'default', late: 'warning', refused_by_breaker: 'warning', no_consent: 'warning',
}

function toneOf(state: string): string {
  const words = state.toLowerCase().split('_')
  return TONES[state.toLowerCase()] ?? TONES[words.at(-1) ?? ''] ?? 'default'
}

/** A member of an enumeration as a coloured tag in the reader's language. */
export function StateTag({ name, value }: { name: string; value: string | null | undefined }) {
  const labels = useLabels()
  if (!value) return <>-</>
  return (
    <Tag color={toneOf(value)} variant="filled">
      {labels.enumText(name, value)}
    </Tag>
  )
}
