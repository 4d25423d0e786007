import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Col, Flex, Row, Select, Space, Table, Typography } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { Money } from '../../components/Money'
import { CommandButton } from '../../form/CommandButton'
import { useCommand } from '../../form/useCommand'
import { yuan } from '../../format/money'
import { errorText, useLabels, useWords } from '../../i18n/words'

type Choice = components['schemas']['BankChoiceOut']
type OpenItems = components['schemas']['BankOpenItemsOut']
type Line = OpenItems['books'][number]

/** A bank account's books beside its statement: what is in transit, to be cleared with each other. */
export default function BankClearing() {
  const labels = useLabels()
  const say = useWords()
  const [chosen, choose] = useState<number | null>(null)
  const { data, error } = useQuery({ queryKey: ['bank-account-choices'], queryFn: () => get<Choice[]>('/bank-account-choices') })
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  const account = data.find(({ id }) => id === chosen) ?? data.find(({ start_on }) => start_on !== null) ?? data[0]
  if (!account) return <Alert type="info" showIcon title={say('clearing.no_account')} />
  return (
    <Flex vertical gap="middle">
      <Card variant="borderless">
        <Space wrap>
          <Select<number>
            style={{ minWidth: 260 }}
            aria-label={labels.field('bank_account')}
            value={account.id}
            onChange={choose}
            options={data.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <Link to={`/report/reports/bank_reconciliation?bank_account_id=${account.id}`}>{say('clearing.statement')}</Link>
        </Space>
      </Card>
      {account.start_on ? <Items key={account.id} account={account} /> : <NotBegun account={account} />}
    </Flex>
  )
}

function NotBegun({ account }: { account: Choice }) {
  const say = useWords()
  return (
    <Alert
      type="info"
      showIcon
      title={say('clearing.not_begun')}
      action={<CommandButton command="bank_reconciliation_begin" isPrimary fixed={{ bank_account_id: account.id }} />}
    />
  )
}

function Items({ account }: { account: Choice }) {
  const say = useWords()
  const [books, setBooks] = useState<number[]>([])
  const [stated, setStated] = useState<number[]>([])
  const { data, error } = useQuery({
    queryKey: ['bank-open-items', account.id],
    queryFn: () => get<OpenItems>('/bank-open-items', { bank_account_id: account.id }),
  })
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  const forget = () => {
    setBooks([])
    setStated([])
  }
  return (
    <>
      {!data.is_all && <Alert type="info" showIcon title={say('clearing.oldest')} />}
      <ClearBar account={account} items={data} books={books} stated={stated} onDone={forget} />
      <Row gutter={16}>
        <Col xs={24} xl={12}>
          <Side title={say('clearing.books')} lines={data.books} chosen={books} onChoose={setBooks} link="/finance/vouchers" />
        </Col>
        <Col xs={24} xl={12}>
          <Side title={say('clearing.stated')} lines={data.stated} chosen={stated} onChoose={setStated} />
        </Col>
      </Row>
    </>
  )
}

interface ClearBarProps {
  account: Choice
  items: OpenItems
  books: number[]
  stated: number[]
  onDone: () => void
}

/** What is chosen on both sides, and the buttons. */
function ClearBar({ account, items, books, stated, onDone }: ClearBarProps) {
  const say = useWords()
  const labels = useLabels()
  const clear = useCommand('bank_lines_clear')
  const alike = useCommand<{ cleared: number }>('bank_lines_clear_alike')
  const [problem, setProblem] = useState<string | null>(null)
  const [left, right] = [sumOf(items.books, books), sumOf(items.stated, stated)]
  const attempt = async (act: () => Promise<unknown>) => {
    setProblem(null)
    try {
      if (await act()) onDone()
    } catch (error) {
      setProblem(errorText(error, say))
    }
  }
  const chosen = { bank_account_id: account.id, book_lines: books, statement_lines: stated }
  return (
    <Card variant="borderless">
      {problem && <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} />}
      <Flex justify="space-between" align="center" wrap gap="small">
        <Space size="large">
          <span>{say('clearing.books')} <Money value={yuan(left)} isStrong /></span>
          <span>{say('clearing.stated')} <Money value={yuan(right)} isStrong /></span>
          <Typography.Text type={left === right ? 'success' : 'danger'}>{say('clearing.difference')} <Money value={yuan(left - right)} /></Typography.Text>
        </Space>
        {items.actions.length > 0 && (
          <Space>
            <Button loading={alike.isBusy} onClick={() => void attempt(() => alike.run({ bank_account_id: account.id }))}>
              {labels.command('bank_lines_clear_alike')}
            </Button>
            <Button
              type="primary"
              loading={clear.isBusy}
              disabled={left !== right || books.length + stated.length === 0}
              onClick={() => void attempt(() => clear.run(chosen))}
            >
              {labels.command('bank_lines_clear')}
            </Button>
          </Space>
        )}
      </Flex>
    </Card>
  )
}

function sumOf(lines: Line[], chosen: number[]): bigint {
  return lines.filter(({ id }) => chosen.includes(id)).reduce((sum, { amount }) => sum + fen(amount), 0n)
}

/** "-12.30" as -1230: amounts are added as whole fen. */
function fen(amount: string): bigint {
  return BigInt(amount.replace('.', ''))
}

interface SideProps {
  title: string
  lines: Line[]
  chosen: number[]
  onChoose: (keys: number[]) => void
  /** Where the number of a line leads. */
  link?: string
}

function Side({ title, lines, chosen, onChoose, link }: SideProps) {
  const labels = useLabels()
  const say = useWords()
  return (
    <Card variant="borderless" title={`${title} · ${say('ledger.total', { total: lines.length })}`}>
      <Table<Line>
        size="small"
        rowKey="id"
        dataSource={lines}
        pagination={lines.length > 20 ? { pageSize: 20 } : false}
        scroll={{ x: 'max-content' }}
        rowSelection={{ selectedRowKeys: chosen, onChange: (keys) => onChoose(keys as number[]) }}
        columns={[
          { title: labels.field('on'), dataIndex: 'on' },
          { title: labels.field('summary'), dataIndex: 'summary' },
          { title: labels.field(link ? 'entry_no' : 'bank_serial'), render: (_, { no }) => (link ? <Link to={`${link}/${no}`}>{no}</Link> : no) },
          { title: labels.field('amount'), align: 'right', render: (_, { amount }) => <Money value={amount} /> },
        ]}
      />
    </Card>
  )
}
