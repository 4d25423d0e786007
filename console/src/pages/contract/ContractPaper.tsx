import { useQuery } from '@tanstack/react-query'
import { Button, Empty, Flex } from 'antd'
import { getBlob } from '../../api/request'
import { saveBlob } from '../../api/lists'
import { Failure } from '../../components/Failure'
import { BlobView } from '../../components/FilePreview'
import { Loading } from '../../components/Loading'
import { useWords } from '../../i18n/words'
import type { Contract } from './contract'
import { ContractCheck } from './ContractCheck'

/** The contract's PDF, drawn on the page. A signature makes another file. */
export default function ContractPaper({ contract }: { contract: Contract }) {
  const say = useWords()
  const hasPaper = contract.document_id !== null
  const { data, error } = useQuery({
    queryKey: ['contract-paper', contract.id, contract.document_sha256, contract.signed_sha256],
    queryFn: () => getBlob(`/contracts/${contract.id}/file`),
    enabled: hasPaper,
    staleTime: Infinity,
  })
  if (!hasPaper) return <Empty description={say('contract.no_paper')} />
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  return (
    <Flex vertical gap="middle" style={{ maxWidth: 960 }}>
      <Button style={{ alignSelf: 'flex-start' }} onClick={() => saveBlob(data, `${contract.contract_no}.pdf`)}>
        {say('file.save')}
      </Button>
      <ContractCheck pdf={data} name={`${contract.contract_no}.pdf`} />
      <BlobView blob={data} />
    </Flex>
  )
}
