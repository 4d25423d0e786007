import { Empty } from 'antd'
import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import type { Data, DetailSpec } from '../../detail/spec'
import { useWords } from '../../i18n/words'
import type { Contract } from './contract'

const Paper = lazy(() => import('../../components/Paper'))
const Signings = lazy(() => import('./Signings'))

const contractOf = (data: Data) => data as unknown as Contract

/** A contract that was taken over from elsewhere came without its paper. */
function ContractPaper({ contract }: { contract: Contract }) {
  const say = useWords()
  if (contract.document_id === null) return <Empty description={say('paper.none')} />
  const revision = contract.signed_sha256 || contract.document_sha256
  return <Paper path={`/contracts/${contract.id}/file`} name={`${contract.contract_no}.pdf`} revision={revision} />
}

/** The borrower signs on the phone, not here. */
const onThePhone = () => <></>

/** A contract with its paper, its plan and its signatures. */
export const contractSpec: DetailSpec = {
  read: '/contracts/{contract_id}',
  title: ['contract_no', 'applicant_name'],
  states: ['state'],
  enums: { method: 'ProductMethod' },
  hidden: ['signings', 'document_sha256', 'signed_sha256'],
  groups: {
    'contract.group_loan': [
      'principal', 'annual_rate', 'annual_cost_rate', 'periods', 'method', 'due_day', 'instalment', 'total_interest', 'total_due',
      'planned_start_on', 'first_due_on',
    ],
    'contract.group_vehicle': ['vehicle_title', 'vin', 'vehicle_price', 'down_payment'],
    'contract.group_past': ['document_no', 'created_by_name', 'created_at', 'signed_at', 'voided_at', 'void_reason'],
  },
  forms: { contract_sign: onThePhone, signing_code_send: onThePhone },
  lists: [{ listing: 'loans', by: (data) => ({ contract_no: String(data.contract_no) }) }],
  tabs: [
    {
      key: 'paper',
      title: 'paper.title',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <ContractPaper contract={contractOf(data)} />
        </Suspense>
      ),
    },
    {
      key: 'signings',
      title: 'contract.signings',
      render: (data) => (
        <Suspense fallback={<Loading />}>
          <Signings contract={contractOf(data)} />
        </Suspense>
      ),
    },
  ],
}
