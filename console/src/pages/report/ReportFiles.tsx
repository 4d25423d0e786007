import { DownloadOutlined, PrinterOutlined } from '@ant-design/icons'
import { App, Button, Dropdown, Flex } from 'antd'
import { useState } from 'react'
import type { ExportFormat } from '../../api/lists'
import { reportExport, reportPrintPath } from '../../api/reports'
import { CommandButton } from '../../form/CommandButton'
import { errorText, useWords } from '../../i18n/words'
import type { Params } from '../../ledger/filters'

const DAYS = ['as_of', 'since', 'until', 'period', 'page', 'page_size']

/** What is asked for besides the days, which follow the day that a report is made for. */
function withoutDays(asked: Params): Params {
  return Object.fromEntries(Object.entries(asked).filter(([key]) => !DAYS.includes(key)))
}

/** Every row as a file, with how far it has come; or on paper. */
export function ReportFiles({ report, asked }: { report: string; asked: Params }) {
  const say = useWords()
  const { message } = App.useApp()
  const [progress, setProgress] = useState<string | null>(null)
  const save = async (format: ExportFormat) => {
    setProgress(say('ledger.exporting'))
    try {
      await reportExport(report, asked, format, (rows, of) => setProgress(say('report.progress', { rows: Math.min(rows, of), of })))
    } catch (error) {
      message.error(errorText(error, say))
    } finally {
      setProgress(null)
    }
  }
  const items = [
    { key: 'xlsx', label: say('ledger.export_xlsx') },
    { key: 'csv', label: say('ledger.export_csv') },
  ]
  return (
    <Flex gap="small">
      <Dropdown menu={{ items, onClick: ({ key }) => void save(key as ExportFormat) }} disabled={progress !== null}>
        <Button icon={<DownloadOutlined />} loading={progress !== null}>{progress ?? say('ledger.export')}</Button>
      </Dropdown>
      <CommandButton command="report_schedule_create" label={say('report.schedule')} fixed={{ report }} values={{ asked: withoutDays(asked) }} />
      <Button icon={<PrinterOutlined />} href={reportPrintPath(report, asked)} target="_blank">{say('voucher.print')}</Button>
    </Flex>
  )
}
