import { describe, expect, it } from 'vitest'
import type { Labels } from '../../i18n/words'
import type { BoardSeries } from './board'
import { optionOf } from './option'

const labels = { field: (key: string) => `field ${key}`, enumText: (name: string, member: string) => (name === 'Bucket' ? member : `${name} ${member}`) } as Labels

interface Drawn {
  tooltip: { valueFormatter: (value: unknown) => string }
  xAxis: { data: string[] }
  series: { name: string; data: (number | null)[]; stack?: string }[]
}

function drawn(chart: Partial<BoardSeries>): Drawn {
  const whole = { key: 'x', kind: 'trend', labels: ['2026-03-10'], series: [{ key: 'a', values: [0.8] }], unit: 'number', enum: '', ...chart }
  return optionOf(whole as BoardSeries, labels, 'zh-CN') as unknown as Drawn
}

describe('a chart of a board', () => {
  it('follows figures that do not lie on each other, with their gaps and decimals', () => {
    const told = drawn({ series: [{ key: 'DataSourceCode/phone', values: [null, 0.16954] }] })
    expect(told.series).toMatchObject([{ name: 'DataSourceCode phone', data: [null, 0.16954] }])
    expect(told.series[0]?.stack).toBeUndefined()
    expect(told.tooltip.valueFormatter(0.16954)).toBe('0.1695')
    expect(told.tooltip.valueFormatter(null)).toBe('-')
  })

  it('shows shares as percentages and amounts as whole numbers', () => {
    expect(drawn({ unit: 'share' }).tooltip.valueFormatter(0.8)).toBe('80%')
    expect(drawn({ kind: 'bar' }).tooltip.valueFormatter(1234.5)).toBe('1,235')
  })

  it('names its labels by their enumeration, days by themselves', () => {
    expect(drawn({ kind: 'bar', labels: ['R09'], enum: 'ReasonCode' }).xAxis.data).toEqual(['ReasonCode R09'])
    expect(drawn({}).xAxis.data).toEqual(['2026-03-10'])
    expect(drawn({ kind: 'line' }).series[0]?.stack).toBe('all')
  })
})
