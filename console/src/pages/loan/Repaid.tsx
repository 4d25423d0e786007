import { Flex, Progress, Typography } from 'antd'
import { fen } from '../../format/money'
import { useWords } from '../../i18n/words'

/** How much of the principal has been paid back. */
export function Repaid({ principal, balance }: { principal: string; balance: string }) {
  const say = useWords()
  const [whole, left] = [fen(principal), fen(balance)]
  const percent = whole > 0n ? Number(((whole - left) * 1000n) / whole) / 10 : 0
  return (
    <Flex align="center" gap="middle" style={{ marginTop: 12, maxWidth: 560 }}>
      <Typography.Text type="secondary" style={{ whiteSpace: 'nowrap' }}>
        {say('loan.repaid')}
      </Typography.Text>
      <Progress percent={percent} size="small" status={percent >= 100 ? 'success' : 'normal'} />
    </Flex>
  )
}
