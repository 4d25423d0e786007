import { Alert, Card, Flex, Table, Typography } from 'antd'
import { Money } from '../../components/Money'
import { useLabels, useWords } from '../../i18n/words'
import { showYuan } from '../../format/money'
import type { Sample } from './rule'

type Line = Sample['lines'][number]

/** The voucher that each sample event makes, or why it makes none. */
export default function RuleSamples({ samples }: { samples: Sample[] }) {
  const say = useWords()
  return (
    <Flex vertical gap="middle">
      {samples.map((sample, place) => (
        <Card key={place} size="small" title={`${say('rule.sample', { no: place + 1 })} ${sample.summary}`}>
          <Typography.Paragraph type="secondary">
            {Object.entries(sample.amounts).map(([name, amount]) => `${name} ${showYuan(amount)}`).join('　')}
          </Typography.Paragraph>
          {sample.problem ? <Alert type="error" showIcon title={sample.problem} /> : <Lines lines={sample.lines} summary={sample.summary} />}
        </Card>
      ))}
    </Flex>
  )
}

function Lines({ lines, summary }: { lines: Line[]; summary: string }) {
  const labels = useLabels()
  return (
    <Table<Line>
      size="small"
      rowKey={(line) => `${line.account} ${line.debit} ${line.credit}`}
      dataSource={lines}
      pagination={false}
      columns={[
        { title: labels.field('account'), render: (_, line) => <Account line={line} summary={summary} /> },
        { title: labels.field('debit'), align: 'right', render: (_, line) => <Amount value={line.debit} /> },
        { title: labels.field('credit'), align: 'right', render: (_, line) => <Amount value={line.credit} /> },
      ]}
    />
  )
}

function Amount({ value }: { value: string }) {
  return value === '0.00' ? null : <Money value={value} />
}

/** The account, and below it what the line says of its own. */
function Account({ line, summary }: { line: Line; summary: string }) {
  const own = [line.summary === summary ? '' : line.summary, line.cash_flow].filter(Boolean)
  return (
    <>
      {line.account} {line.account_name}
      {own.length > 0 && <Typography.Text type="secondary" style={{ display: 'block' }}>{own.join(' · ')}</Typography.Text>}
    </>
  )
}
