import { DownloadOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { listingExport, type ExportFormat } from '../api/lists'
import { errorText, useWords } from '../i18n/words'
import type { Params } from './filters'

/** Saves every chosen row, not only the page shown. */
export function ExportButton({ listing, params }: { listing: string; params: Params }) {
  const say = useWords()
  const { message } = App.useApp()
  const [isBusy, setBusy] = useState(false)
  const save = async (format: ExportFormat) => {
    setBusy(true)
    try {
      await listingExport(listing, params, format)
    } catch (error) {
      message.error(errorText(error, say))
    } finally {
      setBusy(false)
    }
  }
  const items = [
    { key: 'xlsx', label: say('ledger.export_xlsx') },
    { key: 'csv', label: say('ledger.export_csv') },
  ]
  return (
    <Dropdown menu={{ items, onClick: ({ key }) => void save(key as ExportFormat) }} disabled={isBusy}>
      <Button icon={<DownloadOutlined />} loading={isBusy}>
        {say(isBusy ? 'ledger.exporting' : 'ledger.export')}
      </Button>
    </Dropdown>
  )
}
