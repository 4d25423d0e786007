import { Flex, Typography } from 'antd'
import type { ListingMeta } from '../api/lists'
import { Value } from '../components/Value'
import { useLabels, useWords } from '../i18n/words'

interface TotalsProps {
  totals: Record<string, string | number>
  meta: ListingMeta
}

/** Sums over every chosen row, below the table, so that they stay in sight whatever columns are shown. */
export function Totals({ totals, meta }: TotalsProps) {
  const say = useWords()
  const labels = useLabels()
  const columns = meta.columns.filter((column) => totals[column.key] !== undefined)
  return (
    <Flex gap="large" wrap>
      <Typography.Text strong>{say('ledger.sum')}</Typography.Text>
      {columns.map((column) => (
        <span key={column.key}>
          <Typography.Text type="secondary">{labels.field(column.key)} </Typography.Text>
          <Value kind={column.kind} value={totals[column.key]} />
        </span>
      ))}
    </Flex>
  )
}
