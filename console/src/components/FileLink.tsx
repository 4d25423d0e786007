import { FileOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useState } from 'react'
import { useWords } from '../i18n/words'
import { FilePreview } from './FilePreview'

/** A stored file, by the API path of its owner, as a link that opens it over the page. */
export function FileLink({ path, name }: { path: string; name?: string }) {
  const say = useWords()
  const [isOpen, setOpen] = useState(false)
  const title = name ?? say('file.open')
  return (
    <>
      <Button type="link" size="small" icon={<FileOutlined />} style={{ padding: 0 }} onClick={() => setOpen(true)}>
        {title}
      </Button>
      {isOpen && <FilePreview path={path} title={title} onClose={() => setOpen(false)} />}
    </>
  )
}
