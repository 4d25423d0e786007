import { Alert, Flex } from 'antd'
import type { ReportSummary } from '../../api/reports'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'

/** Figures that must be the same, and whether they are. */
export function ReportChecks({ checks }: { checks: ReportSummary['checks'] }) {
  const labels = useLabels()
  const say = useWords()
  if (!checks.length) return null
  return (
    <Flex gap="small" wrap>
      {checks.map(({ code, left, right, is_ok }) => (
        <Alert
          key={code}
          showIcon
          type={is_ok ? 'success' : 'error'}
          title={say(is_ok ? 'report.check_holds' : 'report.check_fails', { check: labels.enumText('ReportCheck', code), left: showYuan(left), right: showYuan(right) })}
        />
      ))}
    </Flex>
  )
}
