import { lazy, Suspense, useMemo } from 'react'
import { Loading } from '../../components/Loading'
import { useLabels, useLanguage } from '../../i18n/words'
import type { BoardSeries } from './board'
import { optionOf } from './option'

/** Asked for with the page, so that it is there when the figures are. */
const drawing = import('../../components/Chart')
const Chart = lazy(() => drawing)

/** A chart of the server's figures, with words instead of codes. */
export function BoardChart({ chart }: { chart: BoardSeries }) {
  const labels = useLabels()
  const language = useLanguage()
  const option = useMemo(() => optionOf(chart, labels, language), [chart, labels, language])
  return (
    <Suspense fallback={<Loading />}>
      <Chart option={option} label={labels.field(chart.key)} />
    </Suspense>
  )
}
