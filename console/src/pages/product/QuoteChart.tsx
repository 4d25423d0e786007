import { lazy, Suspense, useMemo } from 'react'
import { Loading } from '../../components/Loading'
import { useLabels, useWords, type Labels } from '../../i18n/words'
import type { QuoteAnswer } from './quote'

const Chart = lazy(() => import('../../components/Chart'))

/** What each instalment consists of, and how the balance falls. */
export function QuoteChart({ quote }: { quote: QuoteAnswer }) {
  const labels = useLabels()
  const say = useWords()
  const option = useMemo(() => optionOf(quote, labels), [quote, labels])
  return (
    <Suspense fallback={<Loading />}>
      <Chart option={option} label={say('quote.chart')} />
    </Suspense>
  )
}

function optionOf({ instalments }: QuoteAnswer, labels: Labels) {
  const column = (key: 'principal' | 'interest' | 'fee' | 'balance') => instalments.map((row) => row[key])
  const bar = (key: 'principal' | 'interest' | 'fee') => ({
    type: 'bar' as const, stack: 'instalment', name: labels.field(key), data: column(key), barMaxWidth: 18,
  })
  return {
    tooltip: { trigger: 'axis' as const },
    legend: { top: 0 },
    grid: { left: 8, right: 8, top: 36, bottom: 8, containLabel: true },
    xAxis: { type: 'category' as const, data: instalments.map(({ no }) => String(no)) },
    yAxis: [{ type: 'value' as const }, { type: 'value' as const, splitLine: { show: false } }],
    series: [
      bar('principal'), bar('interest'), bar('fee'),
      { type: 'line' as const, name: labels.field('balance'), yAxisIndex: 1, data: column('balance'), showSymbol: false },
    ],
  }
}
