import { Typography } from 'antd'
import { showYuan } from '../format/money'

interface MoneyProps {
  /** Yuan string; nothing is shown as a dash. */
  value: string | null | undefined
  isStrong?: boolean
}

/** An amount, grouped by thousands, in figures of equal width; negative amounts are red. */
export function Money({ value, isStrong = false }: MoneyProps) {
  if (value == null || value === '') return <>-</>
  const isNegative = value.startsWith('-')
  return (
    <Typography.Text
      strong={isStrong}
      {...(isNegative ? { type: 'danger' as const } : {})}
      style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap', fontSize: 'inherit' }}
    >
      {showYuan(value)}
    </Typography.Text>
  )
}
