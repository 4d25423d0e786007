import { fireEvent } from '@testing-library/react'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { CursorPath } from './cursor'
import { FormRecorder } from './recorder'

let clock = 0
let root: HTMLElement
let recorder: FormRecorder

function input(path: string): HTMLInputElement {
  return root.querySelector(`[data-field="${path}"] input`) as HTMLInputElement
}

function type(path: string, value: string, inputType = 'insertText'): void {
  const field = input(path)
  field.value = value
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType }))
}

function visit(path: string, act: () => void, ms = 1000): void {
  fireEvent.focusIn(input(path))
  act()
  clock += ms
  fireEvent.focusOut(input(path))
}

const of = (path: string) => recorder.with({}).fields.find((field) => field.path === path)

beforeEach(() => {
  clock = 0
  root = document.createElement('div')
  root.innerHTML = '<p data-field="form.customer.monthly_income"><input></p><p data-field="form.customer.id_no"><input></p><i data-list="form.customer.contacts"><p data-field="0.phone"><input></p></i><b><input></b>'
  recorder = new FormRecorder('console', () => clock)
  recorder.listen(root)
})

describe('how a form is filled in', () => {
  it('is counts and times of each field, without content', () => {
    visit('form.customer.id_no', () => {
      fireEvent.paste(input('form.customer.id_no'))
      type('form.customer.id_no', '330106', 'insertFromPaste')
    })
    expect(of('customer.id_no')).toEqual({
      path: 'customer.id_no', focuses: 1, keys: 1, deletions: 0, edits: 0, pastes: 1, after_error: 0, dwell_ms: 1000,
    })
    const record = recorder.with({})
    expect(record).toMatchObject({ is_agreed: true, page: 'console', seconds: 1 })
    expect(record.session).toMatch(/^[0-9a-f]{16}$/)
    expect(JSON.stringify(record)).not.toContain('330106')
    visit('0.phone', () => undefined)
    expect(recorder.with({ form: 2 }).fields.at(-1)?.path).toBe('customer.contacts.0.phone')
  })

  it('counts an edit when a filled field is changed later, or emptied and typed again', () => {
    const income = 'form.customer.monthly_income'
    visit(income, () => type(income, '8000'))
    visit(income, () => type(income, '12000'))
    visit(income, () => undefined)
    visit(income, () => {
      type(income, '', 'deleteContentBackward')
      type(income, '15000')
    })
    expect(of('customer.monthly_income')).toMatchObject({ focuses: 4, edits: 2, deletions: 1, keys: 3, dwell_ms: 4000 })
  })

  it('notes steps back, changes of what was shown as wrong, and turns to something else', () => {
    const [id, income] = ['form.customer.id_no', 'form.customer.monthly_income']
    visit(income, () => type(income, '8000'))
    visit(id, () => type(id, '33'))
    visit(income, () => undefined)
    input(income).setAttribute('aria-invalid', 'true')
    visit(income, () => type(income, '9000'))
    expect(of('customer.monthly_income')).toMatchObject({ after_error: 1, edits: 1 })
    const seen = vi.spyOn(document, 'visibilityState', 'get')
    for (const state of ['hidden', 'visible', 'hidden'] as const) {
      seen.mockReturnValue(state)
      document.dispatchEvent(new Event('visibilitychange'))
      clock += 3000
    }
    seen.mockRestore()
    expect(recorder.with({ form: 3 }).course).toMatchObject({ jumps_back: 1, switches: 2, away_seconds: 3 })
    recorder.sent()
    expect(recorder.with({ form: 3 }).course).toEqual({
      jumps_back: 0, switches: 0, away_seconds: 0, strokes: 0, path_px: 0, span_px: 0, pauses: 0,
    })
  })

  it('sums the path of a mouse, and of nothing else', () => {
    const path = new CursorPath(() => clock)
    const go = (x: number, y: number, ms: number, pointerType = 'mouse') => {
      clock += ms
      path.moved({ pointerType, clientX: x, clientY: y })
    }
    go(0, 0, 10)
    go(30, 40, 10)
    go(60, 0, 10)
    go(500, 500, 10, 'touch')
    go(60, 100, 1500)
    go(60, 160, 20)
    expect(path.sums()).toEqual({ strokes: 2, path_px: 160, span_px: 120, pauses: 1 })
    path.forget()
    expect(path.sums().path_px).toBe(0)
  })

  it('stays the same for the same form until it was kept, and begins anew then', () => {
    const path = 'form.customer.id_no'
    visit(path, () => type(path, '1'))
    const first = recorder.with({ form: 1 })
    visit(path, () => type(path, '2'))
    expect(recorder.with({ form: 1 })).toBe(first)
    expect(recorder.with({ form: 2 }).fields[0]?.focuses).toBe(2)
    recorder.sent()
    expect(recorder.with({ form: 2 })).toMatchObject({ seconds: 0, fields: [] })
  })
})
