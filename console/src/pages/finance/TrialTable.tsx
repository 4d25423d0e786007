import { Card, Table } from 'antd'
import { Link } from 'react-router'
import { Money } from '../../components/Money'
import { useLabels, useLanguage, useWords } from '../../i18n/words'
import { SIDES, SPANS, type TrialBalanceAnswer, type TrialRow } from './books'

const INDENT = 16

/** The accounts with opening, turnover, turnover of the year and closing; a code opens its ledger. */
export function TrialTable({ balance, entity }: { balance: TrialBalanceAnswer; entity: number }) {
  const labels = useLabels()
  const language = useLanguage()
  const ledger = (code: string) =>
    `/finance/account-ledger?${new URLSearchParams({ entity: `${entity}`, account: code, from: balance.start_on, to: balance.end_on }).toString()}`
  const amounts = SPANS.flatMap((span) => SIDES.map((side) => `${span}_${side}` as const))
  return (
    <Card variant="borderless">
      <Table<TrialRow>
        size="small"
        rowKey="code"
        dataSource={balance.rows}
        pagination={false}
        sticky
        scroll={{ x: 'max-content' }}
        columns={[
          {
            key: 'code',
            title: labels.field('account'),
            fixed: 'left',
            render: (_, row) => (
              <Link to={ledger(row.code)} style={{ paddingInlineStart: (row.level - 1) * INDENT }}>
                {row.code} {language === 'zh-CN' ? row.name_zh : row.name_en}
              </Link>
            ),
          },
          ...amounts.map((key) => ({
            key,
            title: labels.field(key),
            align: 'right' as const,
            render: (_: unknown, row: TrialRow) => <Money value={row[key]} isStrong={row.level === 1} />,
          })),
        ]}
        summary={() => <Totals totals={balance.totals} keys={amounts} />}
      />
    </Card>
  )
}

function Totals({ totals, keys }: { totals: TrialBalanceAnswer['totals']; keys: (keyof TrialBalanceAnswer['totals'])[] }) {
  const say = useWords()
  return (
    <Table.Summary fixed>
      <Table.Summary.Row>
        <Table.Summary.Cell index={0}>{say('ledger.sum')}</Table.Summary.Cell>
        {keys.map((key, index) => (
          <Table.Summary.Cell key={key} index={index + 1} align="right">
            <Money value={totals[key]} isStrong />
          </Table.Summary.Cell>
        ))}
      </Table.Summary.Row>
    </Table.Summary>
  )
}
