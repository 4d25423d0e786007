import { BarChart, FunnelChart, GraphChart, LineChart, PieChart } from 'echarts/charts'
import { DatasetComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { init, use as register } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

register([BarChart, FunnelChart, GraphChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, DatasetComponent, CanvasRenderer])

export type ChartOption = Parameters<ReturnType<typeof init>['setOption']>[0]

interface ChartProps {
  option: ChartOption
  height?: number
  label: string
  /** Told the id of a point that somebody clicks on. */
  onPick?: (id: string) => void
}

/** A chart that fills its box and follows its size. */
export default function Chart({ option, height = 280, label, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const picked = useRef(onPick)
  useEffect(() => {
    picked.current = onPick
  })
  useEffect(() => {
    if (!box.current) return
    const chart = init(box.current)
    chart.setOption(option)
    chart.on('click', ({ data }) => picked.current?.((data as { id?: string } | undefined)?.id ?? ''))
    const watcher = new ResizeObserver(() => chart.resize())
    watcher.observe(box.current)
    return () => {
      watcher.disconnect()
      chart.dispose()
    }
  }, [option])
  return <div ref={box} role="img" aria-label={label} style={{ height, minWidth: 0 }} />
}
