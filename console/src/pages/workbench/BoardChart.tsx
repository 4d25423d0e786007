import { lazy, Suspense, useMemo } from 'react'
import { Loading } from '../../components/Loading'
import { useLabels, type Labels } from '../../i18n/words'
import type { BoardSeries } from './board'

const Chart = lazy(() => import('../../components/Chart'))

/** A chart of the server's figures, with words instead of codes. */
export function BoardChart({ chart }: { chart: BoardSeries }) {
  const labels = useLabels()
  const option = useMemo(() => (chart.kind === 'pie' ? pieOf(chart, labels) : gridOf(chart, labels)), [chart, labels])
  return (
    <Suspense fallback={<Loading />}>
      <Chart option={option} label={labels.field(chart.key)} />
    </Suspense>
  )
}

/** Labels are states, months or days; only states have words. */
function labelOf(code: string, labels: Labels): string {
  return labels.enumText('ApplicationState', code)
}

function pieOf(chart: BoardSeries, labels: Labels) {
  const values = chart.series[0]?.values ?? []
  const data = chart.labels.map((code, index) => ({ name: labelOf(code, labels), value: values[index] ?? 0 }))
  return {
    tooltip: { trigger: 'item' as const },
    legend: { orient: 'vertical' as const, right: 0, top: 'middle' },
    series: [{ type: 'pie' as const, radius: ['45%', '70%'], center: ['35%', '50%'], data }],
  }
}

function gridOf(chart: BoardSeries, labels: Labels) {
  const type = chart.kind === 'bar' ? ('bar' as const) : ('line' as const)
  return {
    tooltip: { trigger: 'axis' as const },
    legend: { show: chart.series.length > 1 },
    grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'category' as const, data: chart.labels.map((code) => labelOf(code, labels)) },
    yAxis: { type: 'value' as const },
    series: chart.series.map(({ key, values }) => ({ type, name: labels.field(key), data: values, showSymbol: false, barMaxWidth: 32 })),
  }
}
