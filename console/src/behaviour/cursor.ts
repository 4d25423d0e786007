/** The mouse's path as sums: what is left of it says how somebody moves, not where. */
export interface CursorSums {
  strokes: number
  path_px: number
  span_px: number
  pauses: number
}

const PAUSE_MS = 1_000
const STROKE_MS = 250
const PIXELS_MAX = 100_000_000
const COUNT_MAX = 10_000

interface Point {
  x: number
  y: number
  at: number
}

/**
 * Adds up how far the mouse goes in strokes between rests, and how far apart their ends are: a hand makes detours, a
 * program mostly none. Only a mouse is listened to; no point is kept longer than its stroke.
 */
export class CursorPath {
  private begun: Point | null = null
  private last: Point | null = null
  private stroke = 0
  private told: CursorSums = { strokes: 0, path_px: 0, span_px: 0, pauses: 0 }

  constructor(private readonly now: () => number) {}

  moved({ pointerType, clientX: x, clientY: y }: Pick<PointerEvent, 'pointerType' | 'clientX' | 'clientY'>): void {
    if (pointerType !== 'mouse') return
    const point = { x, y, at: this.now() }
    const rest = this.last ? point.at - this.last.at : 0
    if (rest >= PAUSE_MS) this.told.pauses += 1
    if (rest >= STROKE_MS) this.end()
    if (this.last && this.begun) this.stroke += distance(this.last, point)
    this.begun ??= point
    this.last = point
  }

  sums(): CursorSums {
    const open = this.stroke > 0 && this.begun && this.last ? { path: this.stroke, span: distance(this.begun, this.last) } : null
    return {
      strokes: Math.min(COUNT_MAX, this.told.strokes + (open ? 1 : 0)),
      path_px: Math.min(PIXELS_MAX, Math.round(this.told.path_px + (open?.path ?? 0))),
      span_px: Math.min(PIXELS_MAX, Math.round(this.told.span_px + (open?.span ?? 0))),
      pauses: Math.min(COUNT_MAX, this.told.pauses),
    }
  }

  forget(): void {
    this.told = { strokes: 0, path_px: 0, span_px: 0, pauses: 0 }
    this.begun = this.last = null
    this.stroke = 0
  }

  private end(): void {
    if (this.stroke > 0 && this.begun && this.last) {
      this.told.strokes += 1
      this.told.path_px += this.stroke
      this.told.span_px += distance(this.begun, this.last)
    }
    this.begun = null
    this.stroke = 0
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y)
}
