import { Card, Empty, Select } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import type { ReportMeta, ReportSummary } from '../../api/reports'
import { Loading } from '../../components/Loading'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { optionOf } from '../workbench/option'

const Chart = lazy(() => import('../../components/Chart'))

interface ReportChartProps {
  meta: ReportMeta
  groups: ReportSummary['groups']
  group: string
  onGroup: (group: string) => void
}

/** The sums of a report by one of its groups, drawn. */
export function ReportChart({ meta, groups, group, onGroup }: ReportChartProps) {
  const say = useWords()
  const labels = useLabels()
  const language = useLanguage()
  const option = useMemo(() => {
    const values = meta.chart?.values ?? []
    const series = values.map((key) => ({ key: labelOf(meta, key), values: groups.map((row) => Number(row[key])) }))
    const kind = (meta.chart?.kind ?? 'bar') as 'bar' | 'line' | 'pie'
    return optionOf({ key: meta.name, kind, labels: groups.map((row) => row.group || '-'), series, unit: 'number', enum: '' }, labels, language)
  }, [meta, groups, labels, language])
  const choices = meta.groups.map((key) => ({ value: key, label: say('report.by', { group: labels.fieldOf({ key, owner: '@reporting' }) }) }))
  return (
    <Card variant="borderless" size="small" extra={<Select aria-label={say('report.group')} value={group} options={choices} onChange={onGroup} style={{ minWidth: 160 }} />}>
      {groups.length ? (
        <Suspense fallback={<Loading />}>
          <Chart option={option} label={meta.title} />
        </Suspense>
      ) : (
        <Empty description={say('workbench.no_data')} />
      )}
    </Card>
  )
}

function labelOf(meta: ReportMeta, key: string): string {
  return meta.columns.find((column) => column.key === key)?.label ?? key
}
