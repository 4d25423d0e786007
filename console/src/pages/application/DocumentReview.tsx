import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Col, Form, Input, Modal, Row, Space, Table, Tag, Typography } from 'antd'
import { get, getBlob } from '../../api/request'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { BlobView } from '../../components/FilePreview'
import { Loading } from '../../components/Loading'
import { StateTag } from '../../components/StateTag'
import { CommandButton } from '../../form/CommandButton'
import { useCommand } from '../../form/useCommand'
import { useLabels, useWords } from '../../i18n/words'
import { useActor } from '../../api/session'
import { PictureMarks } from './PictureMarks'
import { StatementFigures } from './StatementFigures'

type Captured = components['schemas']['CapturedDocumentOut']
type CapturedField = Captured['fields'][number]

interface DocumentReviewProps {
  documentId: number
  onClose: () => void
}

const WIDTH = 1180

/** A document beside what was read from it: each value with its certainty, against the form, to be confirmed or put right. */
export function DocumentReview({ documentId, onClose }: DocumentReviewProps) {
  const labels = useLabels()
  const mayLook = useActor().permissions.includes('documents.captured.private')
  const path = `/captured-documents/${documentId}`
  const read = mayLook ? `${path}/private` : path
  const { data, error } = useQuery({ queryKey: ['captured', read], queryFn: () => get<Captured>(read) })
  return (
    <Modal open width={WIDTH} title={data ? labels.enumText('CapturedKind', data.kind) : ''} footer={null} onCancel={onClose}>
      {error && <Failure error={error} />}
      {!data && !error && <Loading />}
      {data && (
        <Row gutter={24}>
          <Col xs={24} lg={11}>
            <Picture path={`${path}/file`} mayLook={mayLook} />
          </Col>
          <Col xs={24} lg={13}>
            <Reading document={data} onClose={onClose} />
          </Col>
        </Row>
      )}
    </Modal>
  )
}

function Picture({ path, mayLook }: { path: string; mayLook: boolean }) {
  const say = useWords()
  const { data, error } = useQuery({ queryKey: ['file', path], queryFn: () => getBlob(path), staleTime: Infinity, enabled: mayLook })
  if (!mayLook) return <Alert type="info" showIcon title={say('application.picture_hidden')} />
  if (error) return <Failure error={error} />
  return data ? <BlobView blob={data} /> : <Loading />
}

/** The values as they were read; whoever may confirm them types over what is wrong. */
function Reading({ document, onClose }: { document: Captured; onClose: () => void }) {
  const say = useWords()
  const [form] = Form.useForm<Record<string, string>>()
  const { run, isBusy } = useCommand('captured_document_confirm')
  const mayConfirm = document.actions.includes('captured_document_confirm')
  const confirm = async (values: Record<string, string>) => {
    const typed = Object.fromEntries(Object.entries(values).filter(([, value]) => value && !value.includes('**')))
    if (await run({ document_id: document.id, values: typed }).catch(() => null)) onClose()
  }
  return (
    <Form form={form} onFinish={(values) => void confirm(values)} initialValues={startOf(document.fields)}>
      <Space wrap style={{ marginBottom: 12, width: '100%' }}>
        <StateTag name="CapturedState" value={document.state} />
        <span>{document.captured_by}</span>
        {document.confirmed_by && <Tag color="success">{document.confirmed_by}</Tag>}
      </Space>
      {document.failure && <Alert type="error" showIcon title={say('application.reading_failed', { reason: document.failure })} style={{ marginBottom: 12 }} />}
      <PictureMarks document={document} />
      {document.statement && <StatementFigures statement={document.statement} />}
      {document.fields.length > 0 ? (
        <FieldTable document={document} isEditable={mayConfirm} />
      ) : (
        <Typography.Text type="secondary">{say(document.state === 'filed' ? 'application.not_read' : 'application.nothing_read')}</Typography.Text>
      )}
      <Space style={{ marginTop: 16 }}>
        {mayConfirm && (
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {say('application.confirm_reading')}
          </Button>
        )}
        <CommandButton command="captured_document_read_again" actions={document.actions} fixed={{ document_id: document.id }} />
      </Space>
    </Form>
  )
}

function startOf(fields: CapturedField[]): Record<string, string> {
  return Object.fromEntries(fields.map(({ name, value, confirmed }) => [name, confirmed ?? value]))
}

function FieldTable({ document, isEditable }: { document: Captured; isEditable: boolean }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Table<CapturedField>
      size="small"
      rowKey="name"
      dataSource={document.fields}
      pagination={false}
      scroll={{ y: 420 }}
      columns={[
        { title: say('application.field'), width: 110, render: (_, field) => labels.fieldOf({ key: field.name, owner: '@documents' }) },
        {
          title: say('application.read_value'),
          render: (_, field) => <ReadValue field={field} document={document} />,
        },
        {
          title: say('application.confirmed_value'),
          width: 190,
          render: (_, field) =>
            isEditable ? (
              <Form.Item name={field.name} noStyle>
                <Input size="small" aria-label={labels.fieldOf({ key: field.name, owner: '@documents' })} />
              </Form.Item>
            ) : (
              (field.confirmed ?? '-')
            ),
        },
      ]}
    />
  )
}

/** What was read, how sure that is, and whether the form says the same. */
function ReadValue({ field, document }: { field: CapturedField; document: Captured }) {
  const say = useWords()
  const difference = document.differences.find(({ field: name }) => name === field.name)
  return (
    <Space wrap size={4}>
      <span>{field.value || '-'}</span>
      <Tag color={field.is_doubtful ? 'warning' : 'default'}>{Math.round(Number(field.confidence) * 100)}%</Tag>
      {difference ? (
        <Tag color={difference.severity === 'critical' ? 'error' : 'warning'}>{say('application.form_says', { value: difference.form_value || '-' })}</Tag>
      ) : (
        field.value && !field.is_doubtful && <Tag color="success">{say('application.checked')}</Tag>
      )}
    </Space>
  )
}
