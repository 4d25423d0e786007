import { useQuery } from '@tanstack/react-query'
import { Alert, Flex } from 'antd'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { useActor } from '../../api/session'
import { CommandButton } from '../../form/CommandButton'
import { showYuan } from '../../format/money'
import { useWords } from '../../i18n/words'

type Hold = components['schemas']['OfferHoldShown']

/** What is open about approvals: of an application, or of all that a customer has. */
export default function Holds({ path }: { path: string }) {
  const may = new Set(useActor().permissions).has('origination.hold.view')
  const { data } = useQuery({ queryKey: ['part', path], queryFn: () => get<{ items: Hold[] }>(path), enabled: may })
  if (!data?.items.length) return null
  return (
    <Flex vertical gap="small" style={{ marginTop: 16 }}>
      {data.items.map((hold) => (
        <HoldAlert key={hold.hold_id} hold={hold} />
      ))}
    </Flex>
  )
}

function HoldAlert({ hold }: { hold: Hold }) {
  const say = useWords()
  const told = { number: hold.hold_no, related: hold.related_no, application: hold.application_no }
  const title = hold.hold_cause === 'policy' ? say('hold.policy', told) : say(hold.is_paid_out ? 'hold.ring_paid' : 'hold.ring', told)
  const facts = [
    hold.hold_rules.length > 0 && say('hold.rules', { rules: hold.hold_rules.join(', ') }),
    hold.amount_limit && say('hold.limit', { amount: showYuan(hold.amount_limit) }),
  ].filter(Boolean)
  return (
    <Alert
      showIcon
      type="warning"
      title={title}
      description={facts.join(' · ')}
      action={
        <Flex gap="small" wrap>
          {hold.actions.map((command) => (
            <CommandButton key={command} command={command} isLink fixed={{ hold_id: hold.hold_id }} />
          ))}
        </Flex>
      }
    />
  )
}
