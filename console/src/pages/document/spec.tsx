import { lazy, Suspense } from 'react'
import type { components } from '../../api/schema'
import { Loading } from '../../components/Loading'
import type { Data, DetailSpec } from '../../detail/spec'

const Paper = lazy(() => import('../../components/Paper'))

type Document = components['schemas']['DocumentOut']

const documentOf = (data: Data) => data as unknown as Document

/** Anything that we issued: its paper, and what happened to it. */
export const documentSpec: DetailSpec = {
  read: '/documents/{document_id}',
  title: ['document_no', 'title'],
  states: ['state'],
  enums: { template: 'DocumentTemplate', subject_type: 'Subject' },
  tabs: [{ key: 'paper', title: 'paper.title', render: (data) => <DocumentPaper document={documentOf(data)} /> }],
}

function DocumentPaper({ document }: { document: Document }) {
  return (
    <Suspense fallback={<Loading />}>
      <Paper path={`/documents/${document.id}/file`} name={`${document.document_no}.pdf`} revision={document.sha256} />
    </Suspense>
  )
}
