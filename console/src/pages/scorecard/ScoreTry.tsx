import { Alert, Button, Col, Flex, Form, Input, Row, Select, Statistic, Table, Tag, Typography } from 'antd'
import { useState } from 'react'
import type { Data } from '../../detail/spec'
import { useCommand } from '../../form/useCommand'
import { errorText, useLanguage, useWords } from '../../i18n/words'
import type { Card, Characteristic, ScoreAnswer } from './scorecard'

/** A case to score: what each answer brings, why points were lost, and what the challenger says. */
export default function ScoreTry({ version }: { version: Data }) {
  const say = useWords()
  const card = version.card as Card
  const { run, isBusy } = useCommand<ScoreAnswer>('score_try')
  const [answer, setAnswer] = useState<ScoreAnswer | null>(null)
  const [problem, setProblem] = useState('')
  const send = async (typed: Record<string, string | undefined>) => {
    const inputs = Object.fromEntries(card.characteristics.map(({ name }) => [name, typed[name]?.trim() || null]))
    try {
      setProblem('')
      setAnswer((await run({ scorecard_version_id: version.id as number, inputs }))?.result ?? null)
    } catch (error) {
      setProblem(errorText(error, say))
    }
  }
  return (
    <Row gutter={16}>
      <Col xs={24} xl={10}>
        <Form layout="vertical" size="small" onFinish={(typed: Record<string, string | undefined>) => void send(typed)}>
          {card.characteristics.map((one) => (
            <Answer key={one.name} one={one} />
          ))}
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {say('scorecard.try')}
          </Button>
        </Form>
      </Col>
      <Col xs={24} xl={14}>
        {problem && <Alert type="error" showIcon title={problem} />}
        {answer && <Told answer={answer} />}
      </Col>
    </Row>
  )
}

function Answer({ one }: { one: Characteristic }) {
  const say = useWords()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  const values = one.bins.flatMap((bin) => bin.values)
  return (
    <Form.Item name={one.name} label={one[side]}>
      {one.kind === 'category' ? (
        <Select allowClear showSearch placeholder={say('scorecard.missing')} options={values.map((value) => ({ value, label: value }))} />
      ) : (
        <Input allowClear inputMode="decimal" placeholder={say('scorecard.missing')} />
      )}
    </Form.Item>
  )
}

function Told({ answer }: { answer: ScoreAnswer }) {
  const say = useWords()
  const percent = (rate: string) => `${(100 * Number(rate)).toFixed(2)} %`
  return (
    <Flex vertical gap="middle">
      <Flex gap="large" wrap>
        <Statistic title={say('scorecard.points')} value={answer.points} />
        <Statistic title={say('scorecard.default_rate')} value={percent(answer.default_rate)} />
        {answer.challenger && <Statistic title={say('scorecard.challenger_rate')} value={percent(answer.challenger.default_rate)} />}
      </Flex>
      <Reasons title={say('scorecard.reasons')} reasons={answer.reasons} />
      {answer.challenger && <Reasons title={say('scorecard.challenger_reasons')} reasons={answer.challenger.reasons} />}
      <Table<ScoreAnswer['contributions'][number]>
        size="small"
        rowKey="name"
        dataSource={answer.contributions}
        pagination={false}
        columns={[
          { title: say('scorecard.characteristic'), dataIndex: 'label' },
          { title: say('scorecard.value'), render: (_, part) => (part.value == null ? say('scorecard.missing') : String(part.value)) },
          { title: say('scorecard.points'), dataIndex: 'points', align: 'right' },
          { title: say('scorecard.lost'), dataIndex: 'lost_points', align: 'right' },
        ]}
      />
    </Flex>
  )
}

function Reasons({ title, reasons }: { title: string; reasons: ScoreAnswer['reasons'] }) {
  return (
    <div>
      <Typography.Text type="secondary">{title}</Typography.Text>{' '}
      {reasons.length ? reasons.map(({ code, text }) => <Tag key={code}>{code} {text}</Tag>) : '-'}
    </div>
  )
}
