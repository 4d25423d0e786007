import { Button, Card, Col, Form, Row, Space } from 'antd'
import { useState, type ReactNode } from 'react'
import { useNavigate } from 'react-router'
import type { Done } from '../api/commands'
import { useLabels, useWords } from '../i18n/words'
import { FormGroupsContext, type FormGroups } from './groups'
import { SchemaForm, type SchemaFormProps } from './SchemaForm'
import type { Values } from './values'

type CommandPageProps = Pick<SchemaFormProps, 'command' | 'values' | 'fixed' | 'only' | 'shapes' | 'more'> & {
  title: string
  groups?: FormGroups
  onDone: (done: Done<Values>) => void
  /** Beside the form, following what is typed. */
  aside?: (typed: Values) => ReactNode
}

const COLUMNS = 3

/** A command whose form is too big for a window: a page of cards, with its button always in sight. */
export function CommandPage({ title, groups = {}, onDone, aside, command, ...given }: CommandPageProps) {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  const [form] = Form.useForm<Values>()
  const [isBusy, setBusy] = useState(false)
  const typed = Form.useWatch<Values | undefined>([], form)
  return (
    <>
      <Card variant="borderless" style={{ position: 'sticky', top: 56, zIndex: 5, marginBottom: 16 }} size="small">
        <Row justify="space-between" align="middle">
          <strong>{title}</strong>
          <Space>
            <Button onClick={() => void navigate(-1)}>{say('form.cancel')}</Button>
            <Button type="primary" loading={isBusy} onClick={() => form.submit()}>
              {labels.command(command)}
            </Button>
          </Space>
        </Row>
      </Card>
      <Row gutter={16}>
        <Col xs={24} xl={aside ? 16 : 24}>
          <FormGroupsContext value={groups}>
            <SchemaForm command={command} form={form} onBusy={setBusy} onDone={onDone} columns={COLUMNS} {...given} />
          </FormGroupsContext>
        </Col>
        {aside && (
          <Col xs={24} xl={8}>
            <div style={{ position: 'sticky', top: 128 }}>{aside(typed ?? {})}</div>
          </Col>
        )}
      </Row>
    </>
  )
}
