import { useQuery } from '@tanstack/react-query'
import { Card, Empty, Flex, Statistic, Table, Typography } from 'antd'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { Money } from '../../components/Money'
import { showYuan } from '../../format/money'
import { useLabels } from '../../i18n/words'
import type { AccountLedgerAnswer, LedgerLine } from './books'

const PAGE_SIZE = 50
const SUMS = ['opening', 'debit', 'credit', 'closing'] as const

/** The lines of one account with their running balance; a line opens its voucher. */
export default function AccountLedger() {
  const [params] = useSearchParams()
  const [page, setPage] = useState(1)
  const account = params.get('account')
  const query = {
    legal_entity_id: params.get('entity') ?? '', account: account ?? '', start_on: params.get('from') ?? '',
    end_on: params.get('to') ?? '', page, page_size: PAGE_SIZE,
  }
  const { data, error, refetch } = useQuery({
    queryKey: ['account-ledger', query],
    queryFn: ({ signal }) => get<AccountLedgerAnswer>('/account-ledger', query, signal),
    enabled: account !== null,
    placeholderData: (previous) => previous,
  })
  if (account === null) return <Empty />
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Flex vertical gap="middle">
      <Heading ledger={data} span={`${query.start_on} ~ ${query.end_on}`} />
      <Card variant="borderless">
        <Lines ledger={data} page={page} onPage={setPage} />
      </Card>
    </Flex>
  )
}

function Heading({ ledger, span }: { ledger: AccountLedgerAnswer; span: string }) {
  const labels = useLabels()
  return (
    <Card variant="borderless">
      <Flex wrap gap="large" align="center">
        <Typography.Title level={4} style={{ margin: 0 }}>
          {ledger.account} {ledger.account_name}
        </Typography.Title>
        <span>{span}</span>
        {SUMS.map((key) => (
          <Statistic key={key} title={labels.field(key)} value={ledger[key]} formatter={() => showYuan(ledger[key])} />
        ))}
      </Flex>
    </Card>
  )
}

function Lines({ ledger, page, onPage }: { ledger: AccountLedgerAnswer; page: number; onPage: (page: number) => void }) {
  const labels = useLabels()
  const amount = (key: 'debit' | 'credit' | 'balance') => ({
    key,
    title: labels.field(key),
    align: 'right' as const,
    render: (_: unknown, line: LedgerLine) => <Money value={line[key]} />,
  })
  return (
    <Table<LedgerLine>
      size="small"
      rowKey="line_id"
      dataSource={ledger.items}
      scroll={{ x: 'max-content' }}
      pagination={{ current: page, pageSize: PAGE_SIZE, total: ledger.total, showSizeChanger: false, onChange: onPage }}
      columns={[
        { title: labels.field('booked_on'), dataIndex: 'booked_on' },
        {
          title: labels.field('entry_no'),
          render: (_, line) => <Link to={`/finance/vouchers/${encodeURIComponent(line.entry_no)}`}>{line.entry_no}</Link>,
        },
        { title: labels.field('summary'), dataIndex: 'summary' },
        { title: labels.field('account'), dataIndex: 'account' },
        amount('debit'),
        amount('credit'),
        amount('balance'),
        {
          title: labels.field('loan_no'),
          render: (_, line) => line.loan_no && <Link to={`/loan/loans/${encodeURIComponent(line.loan_no)}`}>{line.loan_no}</Link>,
        },
      ]}
    />
  )
}
