import { Collapse, Flex, Table, Tag, Typography } from 'antd'
import type { Data } from '../../detail/spec'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { binText, type Bin, type Card, type Characteristic, type Report } from './scorecard'

/** The points table: each characteristic with its bins, weights of evidence and points. */
export default function PointsTable({ version }: { version: Data }) {
  const say = useWords()
  const side = useLanguage() === 'zh-CN' ? 'zh' : 'en'
  const card = version.card as Card
  const report = version.report as Report
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">
        {say('scorecard.scale', { base: card.base_score, odds: card.base_odds, pdo: card.pdo })}
      </Typography.Text>
      <Collapse
        defaultActiveKey={card.characteristics.map(({ name }) => name)}
        items={card.characteristics.map((one) => ({
          key: one.name,
          label: <Heading one={one} side={side} stability={report.stability.characteristics[one.name]} />,
          children: <Bins bins={one.bins} />,
        }))}
      />
      <Dropped report={report} />
    </Flex>
  )
}

function Heading({ one, side, stability }: { one: Characteristic; side: 'zh' | 'en'; stability: number | undefined }) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Flex gap="small" wrap>
      <strong>{one[side]}</strong>
      <Tag>IV {one.information}</Tag>
      {stability !== undefined && <Tag>PSI {stability}</Tag>}
      <Tag>
        {say('scorecard.coefficient')} {one.coefficient.toFixed(3)}
      </Tag>
      <Typography.Text type="secondary">
        {one.reason_code} {labels.enumText('ReasonCode', one.reason_code)}
      </Typography.Text>
    </Flex>
  )
}

function Bins({ bins }: { bins: Bin[] }) {
  const say = useWords()
  const words = { missing: say('scorecard.missing'), other: say('scorecard.other') }
  const share = ({ good, bad }: Bin) => (good + bad ? `${((100 * bad) / (good + bad)).toFixed(1)} %` : '-')
  return (
    <Table<Bin & { no: number }>
      size="small"
      rowKey="no"
      dataSource={bins.map((bin, no) => ({ ...bin, no }))}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: say('scorecard.bin'), render: (_, bin) => binText(bin, words) },
        { title: say('scorecard.good'), dataIndex: 'good', align: 'right' },
        { title: say('scorecard.bad'), dataIndex: 'bad', align: 'right' },
        { title: say('scorecard.bad_share'), align: 'right', render: (_, bin) => share(bin) },
        { title: 'WOE', dataIndex: 'weight', align: 'right', render: (weight: number) => weight.toFixed(4) },
        { title: say('scorecard.points'), dataIndex: 'points', align: 'right', render: (points: number) => <strong>{points}</strong> },
      ]}
    />
  )
}

function Dropped({ report }: { report: Report }) {
  const say = useWords()
  const labels = useLabels()
  if (!report.dropped.length) return null
  return (
    <div>
      <Typography.Title level={5}>{say('scorecard.dropped')}</Typography.Title>
      <Flex wrap gap={4}>
        {report.dropped.map(({ name, reason, figure, other }) => (
          <Tag key={name}>
            {name}: {labels.enumText('DropReason', reason)} {figure} {other}
          </Tag>
        ))}
      </Flex>
    </div>
  )
}
