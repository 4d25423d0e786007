import { PrinterOutlined } from '@ant-design/icons'
import { Button, Card, Descriptions, Flex, Table, Tag, Typography } from 'antd'
import { Link } from 'react-router'
import { pathWith } from '../../api/request'
import { Money } from '../../components/Money'
import { sumYuan } from '../../format/money'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { businessPlace, type Voucher, type VoucherLine } from './voucher'

/** The lines of a voucher with their sums, the business behind them, and a form that prints on one page. */
export default function VoucherSlip({ voucher }: { voucher: Voucher }) {
  const say = useWords()
  const labels = useLabels()
  const place = businessPlace(voucher)
  return (
    <Card
      variant="borderless"
      className="axle-slip"
      title={say('voucher.slip')}
      extra={
        <Flex gap="small" className="axle-no-print">
          {place && <Link to={place}><Button>{say('voucher.business')}</Button></Link>}
          <Button icon={<PrinterOutlined />} href={pathWith('/voucher-prints', { entry_no: voucher.entry_no })} target="_blank">
            {say('voucher.print')}
          </Button>
        </Flex>
      }
    >
      <Descriptions
        size="small"
        column={4}
        items={(['legal_entity', 'booked_on', 'voucher_no', 'attachments'] as const).map((key) => ({
          key, label: labels.field(key), children: voucher[key] || '-',
        }))}
      />
      <Lines lines={voucher.lines} />
      <Flex justify="space-between" style={{ marginTop: 16 }}>
        {(['maker', 'checker', 'posted_at'] as const).map((key) => (
          <Typography.Text key={key} type="secondary">
            {labels.field(key)} {key === 'posted_at' ? voucher.posted_at.slice(0, 16).replace('T', ' ') : voucher[key] || '-'}
          </Typography.Text>
        ))}
      </Flex>
    </Card>
  )
}

function Lines({ lines }: { lines: VoucherLine[] }) {
  const say = useWords()
  const labels = useLabels()
  const language = useLanguage()
  const amount = (key: 'debit' | 'credit') => ({
    key,
    title: labels.field(key),
    align: 'right' as const,
    width: 160,
    render: (_: unknown, line: VoucherLine) => (line[key] === '0.00' ? null : <Money value={line[key]} />),
  })
  return (
    <Table<VoucherLine>
      size="small"
      bordered
      rowKey="line_no"
      pagination={false}
      dataSource={lines}
      columns={[
        { title: labels.field('summary'), dataIndex: 'summary' },
        { title: labels.field('account'), render: (_, line) => `${line.account} ${language === 'zh-CN' ? line.name_zh : line.name_en}` },
        { title: labels.field('dimensions'), render: (_, { dimensions }) => <Dimensions dimensions={dimensions} /> },
        amount('debit'),
        amount('credit'),
      ]}
      summary={() => (
        <Table.Summary.Row>
          <Table.Summary.Cell index={0} colSpan={3}>
            <strong>{say('ledger.sum')}</strong>
          </Table.Summary.Cell>
          {(['debit', 'credit'] as const).map((key, index) => (
            <Table.Summary.Cell key={key} index={index + 3} align="right">
              <Money isStrong value={sumYuan(lines.map((line) => line[key]))} />
            </Table.Summary.Cell>
          ))}
        </Table.Summary.Row>
      )}
    />
  )
}

/** Keys that number rows; they say nothing to people. */
const ROW_KEYS = ['bank_account']

/** What a line is about; a loan opens its page, keys of rows are left to the machine. */
function Dimensions({ dimensions }: { dimensions: Record<string, string> }) {
  const labels = useLabels()
  const shown = Object.entries(dimensions).filter(([key]) => !key.endsWith('_id') && !ROW_KEYS.includes(key))
  return (
    <Flex gap={4} wrap>
      {shown.map(([key, value]) => (
        <Tag key={key} title={labels.field(key)}>
          {key === 'loan_no' ? <Link to={`/loan/loans/${encodeURIComponent(value)}`}>{value}</Link> : value}
        </Tag>
      ))}
    </Flex>
  )
}
