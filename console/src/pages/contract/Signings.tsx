import { Card, Descriptions, Empty, Flex } from 'antd'
import { StateTag } from '../../components/StateTag'
import { Value } from '../../components/Value'
import { useLabels, useWords } from '../../i18n/words'
import type { Contract, Signing } from './contract'

const TIMES = ['sent_at', 'link_opened_at', 'signed_at', 'expires_at'] as const

/** Every invitation to sign, with the evidence of the signature. */
export default function Signings({ contract }: { contract: Contract }) {
  const say = useWords()
  if (!contract.signings.length) return <Empty description={say('contract.no_signings')} />
  return (
    <Flex vertical gap="middle">
      {contract.signings.map((signing) => (
        <SigningCard key={signing.sent_at} signing={signing} />
      ))}
    </Flex>
  )
}

function SigningCard({ signing }: { signing: Signing }) {
  const labels = useLabels()
  const evidence = Object.entries(signing.evidence)
  return (
    <Card size="small" title={<StateTag name="SigningState" value={signing.state} />}>
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={TIMES.map((key) => ({ key, label: labels.field(key), children: <Value kind="datetime" value={signing[key]} /> }))}
      />
      {evidence.length > 0 && (
        <Descriptions
          size="small"
          bordered
          column={1}
          title={labels.field('evidence')}
          items={evidence.map(([key, value]) => ({ key, label: labels.field(key), children: <Value kind="text" value={value} /> }))}
        />
      )}
    </Card>
  )
}
