import { Typography } from 'antd'
import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { Data, DetailSpec } from '../../detail/spec'

const ProcessDrawing = lazy(() => import('./ProcessDrawing'))

function drawing(data: Data) {
  return (
    <Suspense fallback={<Loading />}>
      <ProcessDrawing xml={String(data.xml)} {...(data.waiting_nodes ? { waiting: data.waiting_nodes as string[] } : {})} />
    </Suspense>
  )
}

/** A version of a process: drawn, with what keeps it from being published; its file for those who edit it elsewhere. */
export const definitionSpec: DetailSpec = {
  read: '/process-definitions/{definition_id}',
  title: ['code', 'name'],
  states: ['state'],
  enums: { state: 'DefinitionState' },
  hidden: ['xml'],
  tabs: [
    {
      key: 'xml',
      title: 'process.file',
      render: (data) => (
        <Typography.Paragraph copyable={{ text: String(data.xml) }}>
          <pre className="axle-file">{String(data.xml)}</pre>
        </Typography.Paragraph>
      ),
    },
  ],
  below: drawing,
}

/** A case's way through a process: its steps, and where on the drawing it waits. */
export const processSpec: DetailSpec = {
  read: '/processes/{process_id}',
  title: ['title'],
  states: ['state', 'outcome'],
  enums: { state: 'ProcessState', outcome: 'ProcessOutcome', 'items.state': 'TaskStep', 'items.action': 'TaskAction' },
  hidden: ['xml', 'waiting_nodes'],
  below: drawing,
}
