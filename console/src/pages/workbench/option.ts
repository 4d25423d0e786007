import type { ChartOption } from '../../components/Chart'
import type { Language } from '../../i18n/languages'
import type { Labels } from '../../i18n/words'
import type { BoardSeries } from './board'

/** A figure of a board as ECharts draws it. */
export function optionOf(chart: BoardSeries, labels: Labels, language: Language): ChartOption {
  if (chart.kind === 'pie') return pieOf(chart, labels)
  if (chart.kind === 'funnel') return funnelOf(chart, labels)
  return gridOf(chart, labels, language)
}

const COLOURS = ['#1552a8', '#3c8dde', '#5ab1a5', '#f2a541', '#e4763f', '#d14b4b', '#9b59b6']

const grouped = (value: unknown) => Number(value).toLocaleString('en-US', { maximumFractionDigits: 0 })

/** Labels are codes of an enumeration, stages, products, months, days or numbers; codes and stages have words. */
const wordOf = (code: string, labels: Labels, name: string) => labels.enumText(name || 'ApplicationState', code)

function partsOf({ labels: codes, series, enum: name }: BoardSeries, labels: Labels) {
  const values = series[0]?.values ?? []
  return codes.map((code, index) => ({ name: wordOf(code, labels, name), value: values[index] ?? 0 }))
}

function pieOf(chart: BoardSeries, labels: Labels): ChartOption {
  return {
    color: COLOURS,
    tooltip: { trigger: 'item', valueFormatter: grouped },
    legend: { orient: 'vertical', right: 0, top: 'middle' },
    series: [{ type: 'pie', radius: ['45%', '70%'], center: ['38%', '50%'], data: partsOf(chart, labels), label: { formatter: '{d}%' } }],
  }
}

function funnelOf(chart: BoardSeries, labels: Labels): ChartOption {
  return {
    color: COLOURS,
    tooltip: { trigger: 'item', valueFormatter: grouped },
    series: [
      {
        type: 'funnel', sort: 'none', left: 16, right: 140, top: 8, bottom: 8, gap: 2, minSize: '12%',
        label: { position: 'right', formatter: '{b} {c}' }, data: partsOf(chart, labels),
      },
    ],
  }
}

/** Long amounts on the axis as the reader's language shortens them: 120万, 1.2M. */
const shortIn = (language: Language) => new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })

const LEGEND_HEIGHT = 36
const SHARE = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 2 })
const FINE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 })

/** A value under the pointer: a share, an amount or a count; what is followed over time keeps its decimals. */
function toldOf({ unit, kind }: BoardSeries): (value: unknown) => string {
  if (unit === 'number' && kind !== 'trend') return grouped
  const format = unit === 'share' ? SHARE : FINE
  return (value) => (value == null ? '-' : format.format(Number(value)))
}

function gridOf(chart: BoardSeries, labels: Labels, language: Language): ChartOption {
  const hasLegend = chart.series.length > 1 || chart.kind === 'trend'
  const short = chart.unit === 'share' ? SHARE : chart.kind === 'trend' ? FINE : shortIn(language)
  return {
    color: COLOURS,
    tooltip: { trigger: 'axis', valueFormatter: toldOf(chart) },
    legend: { show: hasLegend, type: 'scroll', top: 0 },
    grid: { left: 8, right: 16, top: hasLegend ? LEGEND_HEIGHT : 8, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: chart.enum ? chart.labels.map((code) => wordOf(code, labels, chart.enum)) : chart.labels },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => short.format(value) } },
    series: chart.series.map(({ key, values }) => ({ name: seriesName(key, labels), data: values, ...SHAPES[chart.kind === 'bar' || chart.kind === 'trend' ? chart.kind : 'line'] })),
  }
}

/** Bars, areas that lie on each other, and lines that do not. */
const SHAPES = {
  bar: { type: 'bar' as const, barMaxWidth: 32 },
  line: { type: 'line' as const, stack: 'all', areaStyle: { opacity: 0.6 }, showSymbol: false },
  trend: { type: 'line' as const, connectNulls: true, symbolSize: 5 },
}

/** A series is a bucket, a member of an enumeration (`DataSourceCode/phone`), or a field. */
function seriesName(key: string, labels: Labels): string {
  const [name = '', member] = key.split('/')
  if (member) return labels.enumText(name, member)
  const bucket = labels.enumText('Bucket', key)
  return bucket === key ? labels.field(key) : bucket
}
