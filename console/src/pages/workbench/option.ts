import type { ChartOption } from '../../components/Chart'
import type { Language } from '../../i18n/languages'
import type { Labels } from '../../i18n/words'
import type { BoardSeries } from './board'

/** A figure of the workbench as ECharts draws it. */
export function optionOf(chart: BoardSeries, labels: Labels, language: Language): ChartOption {
  if (chart.kind === 'pie') return pieOf(chart, labels)
  if (chart.kind === 'funnel') return funnelOf(chart, labels)
  return gridOf(chart, labels, language)
}

const COLOURS = ['#1552a8', '#3c8dde', '#5ab1a5', '#f2a541', '#e4763f', '#d14b4b', '#9b59b6']

const grouped = (value: unknown) => Number(value).toLocaleString('en-US', { maximumFractionDigits: 0 })

/** Labels are stages, products, months or days; only stages have words. */
const wordOf = (code: string, labels: Labels) => labels.enumText('ApplicationState', code)

function partsOf({ labels: codes, series }: BoardSeries, labels: Labels) {
  const values = series[0]?.values ?? []
  return codes.map((code, index) => ({ name: wordOf(code, labels), value: values[index] ?? 0 }))
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

function gridOf(chart: BoardSeries, labels: Labels, language: Language): ChartOption {
  const isBar = chart.kind === 'bar'
  const hasLegend = chart.series.length > 1
  const short = shortIn(language)
  return {
    color: COLOURS,
    tooltip: { trigger: 'axis', valueFormatter: grouped },
    legend: { show: hasLegend, type: 'scroll', top: 0 },
    grid: { left: 8, right: 16, top: hasLegend ? LEGEND_HEIGHT : 8, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: chart.labels },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => short.format(value) } },
    series: chart.series.map(({ key, values }) => ({
      name: seriesName(key, labels),
      data: values,
      ...(isBar ? { type: 'bar' as const, barMaxWidth: 32 } : { type: 'line' as const, stack: 'all', areaStyle: { opacity: 0.6 }, showSymbol: false }),
    })),
  }
}

function seriesName(key: string, labels: Labels): string {
  const bucket = labels.enumText('Bucket', key)
  return bucket === key ? labels.field(key) : bucket
}
