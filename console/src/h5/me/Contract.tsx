import { useQuery } from '@tanstack/react-query'
import { ErrorBlock } from 'antd-mobile'
import { useParams } from 'react-router'
import type { components } from '../../api/schema'
import { get } from '../../api/request'
import { useWords } from '../../i18n/words'
import { PaperView } from '../parts/PaperView'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'

type ContractDetail = components['schemas']['ContractDetail']

/** A contract to read; one that was taken over from elsewhere came without its paper. */
export default function Contract() {
  const say = useWords()
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery({ queryKey: ['my-contract', id], queryFn: () => get<ContractDetail>(`/contracts/${id}`) })
  return (
    <PhonePage title={data?.contract_no ?? say('phone.contracts')} back="/me">
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data?.document_id === null && <ErrorBlock status="empty" title={say('phone.no_paper')} description={say('paper.none')} />}
      {typeof data?.document_id === 'number' && <PaperView path={`/contracts/${id}/file`} name={`${data.contract_no}.pdf`} />}
    </PhonePage>
  )
}
