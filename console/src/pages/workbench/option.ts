import type { ChartOption } from '../../components/Chart'
import type { Labels } from '../../i18n/words'
import type { BoardSeries } from './board'

/** A figure of the workbench as ECharts draws it. */
export function optionOf(chart: BoardSeries, labels: Labels): ChartOption {
  if (chart.kind === 'pie') return pieOf(chart, labels)
  if (chart.kind === 'funnel') return funnelOf(chart, labels)
  return gridOf(chart, labels)
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

const TEN_THOUSAND = 10_000

/** Long amounts on the axis in units of ten thousand: "120w" says less than "1,200,000" takes room. */
const shortly = (value: number) => (Math.abs(value) >= TEN_THOUSAND ? `${grouped(value / TEN_THOUSAND)}w` : grouped(value))

function gridOf(chart: BoardSeries, labels: Labels): ChartOption {
  const isBar = chart.kind === 'bar'
  return {
    color: COLOURS,
    tooltip: { trigger: 'axis', valueFormatter: grouped },
    legend: { show: chart.series.length > 1, type: 'scroll' },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'category', data: chart.labels },
    yAxis: { type: 'value', axisLabel: { formatter: shortly } },
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
