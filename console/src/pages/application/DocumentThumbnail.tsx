import { FileOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Card, Flex, Tag, Typography } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { getBlob } from '../../api/request'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'
import type { CaseDocument } from './case'
import { DocumentReview } from './DocumentReview'

const HEIGHT = 110
const WIDTH = 176

/** One document: a small picture that opens the whole beside its reading. */
export function DocumentThumbnail({ document }: { document: CaseDocument }) {
  const labels = useLabels()
  const say = useWords()
  const [isOpen, setOpen] = useState(false)
  const path = `/captured-documents/${document.document_id}`
  const title = labels.enumText('CapturedKind', document.kind)
  return (
    <>
      <Card
        hoverable
        size="small"
        style={{ width: WIDTH }}
        cover={<Picture path={`${path}/thumbnail`} title={title} />}
        onClick={() => setOpen(true)}
      >
        <Typography.Text strong>{title}</Typography.Text>
        <div>
          <StateTag name="CapturedState" value={document.ocr_state} />
          {document.confidence !== null && `${Math.round(document.confidence * 100)}%`}
        </div>
        {document.doubtful.length > 0 && <Tag color="warning">{say('application.doubtful', { count: document.doubtful.length })}</Tag>}
      </Card>
      {isOpen && <DocumentReview documentId={document.document_id} onClose={() => setOpen(false)} />}
    </>
  )
}

/** A PDF has no small picture. */
function Picture({ path, title }: { path: string; title: string }) {
  const { data } = useQuery({ queryKey: ['file', path], queryFn: () => getBlob(path), staleTime: Infinity, retry: false })
  const url = useMemo(() => (data?.size ? URL.createObjectURL(data) : null), [data])
  useEffect(
    () => () => {
      if (url) URL.revokeObjectURL(url)
    },
    [url],
  )
  if (url) return <img src={url} alt={title} style={{ height: HEIGHT, objectFit: 'cover' }} />
  return (
    <Flex align="center" justify="center" style={{ height: HEIGHT }}>
      <FileOutlined style={{ fontSize: 32 }} />
    </Flex>
  )
}
