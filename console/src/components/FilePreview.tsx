import { useQuery } from '@tanstack/react-query'
import { Button, Image, Modal, Result, Spin } from 'antd'
import { lazy, Suspense, useEffect, useMemo } from 'react'
import { saveBlob } from '../api/lists'
import { getBlob } from '../api/request'
import { errorText, useWords } from '../i18n/words'

const PdfView = lazy(() => import('./PdfView'))

interface FilePreviewProps {
  /** API path that gives the bytes, such as "/documents/3/file". */
  path: string
  title: string
  onClose: () => void
}

/** An image or a PDF in a window of its own; other types can only be saved. */
export function FilePreview({ path, title, onClose }: FilePreviewProps) {
  const say = useWords()
  const { data, error } = useQuery({ queryKey: ['file', path], queryFn: () => getBlob(path), staleTime: 60_000 })
  return (
    <Modal
      open
      width={960}
      title={title}
      onCancel={onClose}
      footer={data && <Button onClick={() => saveBlob(data, title)}>{say('file.save')}</Button>}
    >
      {error && <Result status="error" title={errorText(error, say)} />}
      {!data && !error && <Spin />}
      {data && <BlobView blob={data} />}
    </Modal>
  )
}

/** Bytes by their type. */
export function BlobView({ blob }: { blob: Blob }) {
  const say = useWords()
  const url = useMemo(() => URL.createObjectURL(blob), [blob])
  useEffect(() => () => URL.revokeObjectURL(url), [url])
  if (blob.type === 'application/pdf') {
    return (
      <Suspense fallback={<Spin />}>
        <PdfView source={blob} />
      </Suspense>
    )
  }
  if (blob.type.startsWith('image/')) return <Image src={url} preview={false} style={{ maxWidth: '100%' }} />
  return <Result status="info" title={say('file.no_preview')} />
}
