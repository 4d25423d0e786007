import { useQuery } from '@tanstack/react-query'
import { List } from 'antd-mobile'
import { useNavigate } from 'react-router'
import type { ListingPage } from '../../api/lists'
import { get } from '../../api/request'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'

/** The borrower's contracts; each opens to be read. */
export function Contracts() {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  const { data } = useQuery({ queryKey: ['my-contracts'], queryFn: () => get<ListingPage>('/lists/contracts', { page_size: 50 }) })
  if (!data?.items.length) return null
  return (
    <List mode="card" header={say('phone.contracts')}>
      {data.items.map((contract) => (
        <List.Item
          key={contract.id}
          description={`¥${showYuan(String(contract.principal))}`}
          extra={labels.enumText('ContractState', String(contract.state))}
          onClick={() => void navigate(`/me/contracts/${contract.id}`)}
        >
          {contract.contract_no}
        </List.Item>
      ))}
    </List>
  )
}
