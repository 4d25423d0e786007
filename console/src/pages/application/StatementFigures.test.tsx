import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import type { components } from '../../api/schema'
import { renderPage } from '../../testing/render'
import { PictureMarks } from './PictureMarks'
import { StatementFigures } from './StatementFigures'

type Captured = components['schemas']['CapturedDocumentOut']

const STATEMENT: NonNullable<Captured['statement']> = {
  from_on: '2026-04-28', to_on: '2026-10-25', lines: 75, inflow: '72060.00', outflow: '66000.00', statement_check: 'suspicious',
  statement_income: '12000.00', round_trip_rate: '0.0512', gambling_lines: [9],
  findings: [{ statement_finding: 'balance_breaks', line: 31, on: '2026-07-10', expected: '20000.00', found: '12000.00' }],
  months: [{ month: '2026-05', inflow: '12000.00', outflow: '9000.00', income: '12000.00' }],
  incomes: [{ counterparty: '样本精密机械有限公司', months: 6, total: '72000.00' }],
}
const picture = (more: Partial<Captured>) => ({ tamper_marks: [], matches: [], tamper_score: 0, ...more }) as unknown as Captured

describe('what is found in a document', () => {
  it('shows a statement: its verdict, the line that breaks, months and incomes', async () => {
    renderPage(<StatementFigures statement={STATEMENT} />)
    expect(await screen.findByText('2026-04-28 – 2026-10-25')).toBeTruthy()
    expect(screen.getByText('5.1%')).toBeTruthy()
    expect(screen.getByText('31')).toBeTruthy()
    expect(screen.getByText('20000.00')).toBeTruthy()
    expect(screen.getByText('2026-05')).toBeTruthy()
    expect(screen.getByText('样本精密机械有限公司')).toBeTruthy()
  })

  it('says that nothing was found, and that a statement is too short', async () => {
    renderPage(<StatementFigures statement={{ ...STATEMENT, findings: [], incomes: [], statement_income: null, statement_check: null }} />)
    expect(await screen.findByText('余额连续，结息正常，文件无修改痕迹')).toBeTruthy()
    expect(screen.getByText('期间过短，无法判断')).toBeTruthy()
    expect(screen.getByText('未列余额，无法核对')).toBeTruthy()
    expect(screen.getByText('没有按月重复的收入')).toBeTruthy()
  })

  it('shows marks of a picture and where else it is, without a case that the reader does not see', async () => {
    const match = { document_id: null, subject_type: null, subject_id: null, kind: 'vehicle_photo' as const, bits: null, alike_rate: '0.912' }
    renderPage(<PictureMarks document={picture({ tamper_score: 60, tamper_marks: [{ tamper_mark: 'editor_named', detail: 'GIMP 2.10' }], matches: [match] })} />)
    expect(await screen.findByText(/GIMP 2.10/)).toBeTruthy()
    expect(screen.getByText('篡改分 60（满分 100）')).toBeTruthy()
    expect(screen.getByText(/其他案件/)).toBeTruthy()
    expect(screen.getByText('部分相同，91% 一致')).toBeTruthy()
  })
})
