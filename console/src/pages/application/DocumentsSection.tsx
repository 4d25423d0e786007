import { Card, Empty, Flex, Table, Typography } from 'antd'
import { StateTag } from '../../components/StateTag'
import { CommandButton } from '../../form/CommandButton'
import { useLabels, useWords } from '../../i18n/words'
import type { Case, CaseDifference } from './case'
import { DocumentThumbnail } from './DocumentThumbnail'

/** The captured documents, and where they say otherwise than the form. */
export function DocumentsSection({ found }: { found: Case }) {
  const say = useWords()
  return (
    <Card variant="borderless" title={say('application.documents')} extra={<AddDocument found={found} />}>
      {found.documents.length ? (
        <Flex wrap gap="middle">
          {found.documents.map((document) => (
            <DocumentThumbnail key={document.document_id} document={document} />
          ))}
        </Flex>
      ) : (
        <Empty description={say('application.no_documents')} />
      )}
      {found.differences.length > 0 && <Differences rows={found.differences} />}
    </Card>
  )
}

const TAKES_DOCUMENTS = ['draft', 'returned', 'submitted', 'in_review', 'approved']

/** Whoever may add documents can, while the case is open. */
function AddDocument({ found }: { found: Case }) {
  const say = useWords()
  if (!TAKES_DOCUMENTS.includes(found.state)) return null
  return (
    <CommandButton
      command="captured_document_add"
      label={say('application.add_document')}
      fixed={{ subject_type: 'application', subject_id: found.id }}
    />
  )
}

function Differences({ rows }: { rows: CaseDifference[] }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <>
      <Typography.Title level={5}>{say('application.differences')}</Typography.Title>
      <Table<CaseDifference>
        size="small"
        rowKey={(row) => `${row.kind} ${row.path}`}
        dataSource={rows}
        pagination={false}
        columns={[
          { title: labels.field('kind'), render: (_, row) => labels.enumText('CapturedKind', row.kind) },
          { title: say('application.field'), render: (_, row) => labels.fieldOf({ key: row.path.split('.').at(-1) ?? row.path, owner: '@documents' }) },
          { title: labels.field('form_value'), dataIndex: 'form_value' },
          { title: labels.field('recognised_value'), dataIndex: 'recognised_value' },
          { title: labels.field('severity'), render: (_, row) => <StateTag name="DifferenceSeverity" value={row.severity} /> },
        ]}
      />
    </>
  )
}
