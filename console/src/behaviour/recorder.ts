import { newKey } from '../api/commands'
import { CursorPath, type CursorSums } from './cursor'

/** What happened at one field, as the server takes it. */
export interface FieldRecord {
  path: string
  focuses: number
  keys: number
  deletions: number
  edits: number
  pastes: number
  after_error: number
  dwell_ms: number
}

/** How a form was filled in since it was last kept: counts and times, never what was typed. */
export interface FormRecord {
  is_agreed: true
  page: 'console' | 'phone'
  session: string
  seconds: number
  fields: FieldRecord[]
  course: CourseRecord
}

/** How the whole was gone through: steps back, turns to something else, and the mouse's path as a few sums. */
export interface CourseRecord extends CursorSums {
  jumps_back: number
  switches: number
  away_seconds: number
}

type Counts = Omit<FieldRecord, 'path'>

/** The server's bounds; beyond them more says nothing more. */
const COUNT_MAX = 10_000
const DAY_MS = 86_400_000
const SECONDS_MAX = 86_400

const NONE: Counts = { focuses: 0, keys: 0, deletions: 0, edits: 0, pastes: 0, after_error: 0, dwell_ms: 0 }

/** Somebody is in a field: since when, whether it was left filled before, and what it held then, only to be compared. */
interface Visit {
  path: string
  since: number
  before: string
  edits: number
  isCleared: boolean
  wasWrong: boolean
}

/**
 * Counts what happens in the fields of a form, by the `data-field` around each (of rows, with the `data-list` around them).
 *
 * An edit is a change of a field that had been left filled, or of one that is emptied and typed again. A record that is
 * being sent stays the same for the same form, so that a lost answer does not make a second request of the retry.
 */
export class FormRecorder {
  private readonly session = newKey().slice(0, 16)
  private readonly told = new Map<string, Counts>()
  private visit: Visit | null = null
  private elapsed = 0
  private seenSince: number | null
  private readonly cursor: CursorPath
  private last: Element | null = null
  private jumps = 0
  private switches = 0
  private away = 0
  private awaySince: number | null = null
  private sending: { form: string; record: FormRecord } | null = null

  constructor(
    private readonly page: FormRecord['page'],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.seenSince = this.now()
    this.cursor = new CursorPath(now)
  }

  /** Listen within an element; `prefix` is where its fields are in the form. Gives back how to stop. */
  listen(root: HTMLElement, prefix = ''): () => void {
    const stop = new AbortController()
    const on = <K extends keyof HTMLElementEventMap>(type: K, act: (path: string, event: HTMLElementEventMap[K]) => void) =>
      root.addEventListener(
        type,
        (event) => {
          const path = pathOf(event.target, prefix)
          if (path) act(path, event)
        },
        { signal: stop.signal, capture: true },
      )
    on('focusin', (path, event) => this.enter(path, event.target))
    on('focusout', (path, event) => this.leave(path, valueOf(event.target)))
    on('input', (path, event) => this.typed(path, event))
    on('paste', (path) => this.count(path, 'pastes'))
    document.addEventListener('visibilitychange', () => this.look(), { signal: stop.signal })
    root.addEventListener('pointermove', (event) => this.cursor.moved(event), { signal: stop.signal, passive: true })
    return () => stop.abort()
  }

  /** What is sent with a form now. */
  with(form: unknown): FormRecord {
    const text = JSON.stringify(form)
    if (this.sending?.form !== text) this.sending = { form: text, record: this.record() }
    return this.sending.record
  }

  /** The form was kept with its record: what comes now is new. */
  sent(): void {
    this.told.clear()
    this.sending = null
    this.elapsed = 0
    this.jumps = this.switches = this.away = 0
    this.cursor.forget()
    if (this.seenSince !== null) this.seenSince = this.now()
    if (this.visit) this.visit.since = this.now()
  }

  private record(): FormRecord {
    const running = this.seenSince === null ? 0 : this.now() - this.seenSince
    const seconds = Math.min(SECONDS_MAX, Math.round((this.elapsed + running) / 1000))
    const fields = Array.from(this.told, ([path, counts]) => ({ path, ...bounded(counts) }))
    return { is_agreed: true, page: this.page, session: this.session, seconds, fields, course: this.course() }
  }

  private course(): CourseRecord {
    const count = (of: number) => Math.min(COUNT_MAX, of)
    return {
      jumps_back: count(this.jumps),
      switches: count(this.switches),
      away_seconds: Math.min(SECONDS_MAX, Math.round(this.away / 1000)),
      ...this.cursor.sums(),
    }
  }

  private enter(path: string, target: EventTarget | null): void {
    this.count(path, 'focuses')
    this.visit = { path, since: this.now(), before: valueOf(target), edits: 0, isCleared: false, wasWrong: isWrong(target) }
    if (!(target instanceof Element)) return
    if (this.last && isBefore(target, this.last)) this.jumps += 1
    this.last = target
  }

  private leave(path: string, value: string): void {
    const { visit } = this
    if (visit?.path !== path) return
    this.visit = null
    this.count(path, 'dwell_ms', Math.round(this.now() - visit.since))
    if (visit.before && value !== visit.before && !visit.edits) this.count(path, 'edits')
    if (visit.wasWrong && value !== visit.before) this.count(path, 'after_error')
  }

  private typed(path: string, event: Event & { inputType?: string }): void {
    const isDeletion = event.inputType?.startsWith('delete') ?? false
    this.count(path, isDeletion ? 'deletions' : 'keys')
    const { visit } = this
    if (visit?.path !== path) return
    const isEmpty = !valueOf(event.target)
    if (!isEmpty && visit.isCleared) {
      visit.edits += 1
      this.count(path, 'edits')
    }
    visit.isCleared = isDeletion && isEmpty
  }

  private count(path: string, name: keyof Counts, more = 1): void {
    const counts = this.told.get(path) ?? { ...NONE }
    counts[name] += more
    this.told.set(path, counts)
  }

  /** A page that nobody sees takes no time; the person turned to something else. */
  private look(): void {
    if (document.visibilityState === 'hidden' && this.seenSince !== null) {
      this.elapsed += this.now() - this.seenSince
      this.seenSince = null
      this.switches += 1
      this.awaySince = this.now()
    } else if (document.visibilityState === 'visible' && this.seenSince === null) {
      this.seenSince = this.now()
      if (this.awaySince !== null) this.away += this.now() - this.awaySince
      this.awaySince = null
    }
  }
}

/** A field of a row of a list names itself from the row on; `data-list` around it says where the list is. */
function pathOf(target: EventTarget | null, prefix: string): string | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null
  const field = element?.dataset.field
  if (!field) return null
  const list = element.closest<HTMLElement>('[data-list]')?.dataset.list
  return `${prefix}${list ? `${list}.` : ''}${field}`.replace(/^form\./, '')
}

/** Whether one element stands before another on the page; those of another page stand nowhere. */
function isBefore(one: Element, other: Element): boolean {
  const where = other.compareDocumentPosition(one)
  return (where & Node.DOCUMENT_POSITION_PRECEDING) !== 0 && (where & Node.DOCUMENT_POSITION_DISCONNECTED) === 0
}

/** Whether the field was shown as wrong when it was entered. */
function isWrong(target: EventTarget | null): boolean {
  const field = target instanceof Element ? target.closest('[data-field]') : null
  return !!field?.querySelector('[aria-invalid="true"], .ant-form-item-explain-error, .adm-form-item-feedback-error')
}

function valueOf(target: EventTarget | null): string {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target.value : ''
}

function bounded(counts: Counts): Counts {
  const most = (name: keyof Counts) => (name === 'dwell_ms' ? DAY_MS : COUNT_MAX)
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, Math.min(count, most(name as keyof Counts))])) as unknown as Counts
}
