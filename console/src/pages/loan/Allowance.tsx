import { useQuery } from '@tanstack/react-query'
import { Typography } from 'antd'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { showYuan } from '../../format/money'
import { useWords } from '../../i18n/words'

interface Held {
  provided_on: string | null
  stage: number | null
  allowance: string | null
}

/** What is held against a loan for expected losses, for those who may see provisions. */
export function Allowance({ loanNo }: { loanNo: string }) {
  const say = useWords()
  const { permissions } = useActor()
  const { data } = useQuery({
    queryKey: ['loan-allowance', loanNo],
    queryFn: () => get<Held>(`/loans/${loanNo}/allowance`),
    enabled: permissions.includes('servicing.provision.view'),
  })
  if (!data?.provided_on) return null
  return (
    <Typography.Text type="secondary">
      {say('loan.allowance', { on: data.provided_on, stage: String(data.stage), amount: showYuan(data.allowance ?? '') })}
    </Typography.Text>
  )
}
