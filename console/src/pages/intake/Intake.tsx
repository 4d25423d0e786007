import { useQuery } from '@tanstack/react-query'
import { Alert, Checkbox, Flex, Typography } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { get } from '../../api/request'
import { useFormRecord, useRecorded } from '../../behaviour/useFormRecord'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { CommandPage } from '../../form/CommandPage'
import type { FormGroups } from '../../form/groups'
import { useWords } from '../../i18n/words'
import type { Case } from '../application/case'
import ConsentCard from '../application/ConsentCard'
import { IntakeQuote } from './IntakeQuote'

const GROUPS: FormGroups = {
  form: [
    { title: 'application.tab_customer', keys: ['customer'] },
    { title: 'application.tab_vehicle', keys: ['vehicle'] },
    { title: 'application.tab_loan', keys: ['loan'] },
    { title: 'application.tab_credit', keys: ['credit_facts'] },
    { title: 'intake.group_dealer', keys: ['dealer_id'] },
  ],
}

/** An application typed by staff: a new one, or a draft or returned one (`?application=7`) that is gone on with. */
export default function Intake() {
  const [address] = useSearchParams()
  const id = address.get('application')
  const { data, error } = useQuery({
    queryKey: ['detail', `/applications/${id ?? ''}`],
    queryFn: () => get<Case>(`/applications/${id ?? ''}`),
    enabled: id !== null,
  })
  if (error) return <Failure error={error} />
  if (id !== null && !data) return <Loading />
  return <IntakeForm key={id} found={data} />
}

function IntakeForm({ found }: { found: Case | undefined }) {
  const say = useWords()
  const navigate = useNavigate()
  const record = useFormRecord('console')
  const [page, setPage] = useState<HTMLElement | null>(null)
  useRecorded(page, record)
  return (
    <div ref={setPage}>
      <Alert showIcon type="info" title={say('intake.hint')} style={{ marginBottom: 16 }} />
      <Flex gap="small" wrap style={{ marginBottom: 16 }}>
        <Checkbox checked={record.isAgreed} onChange={({ target }) => record.agree(target.checked)}>
          {say('behaviour.agree')}
        </Checkbox>
        <Typography.Text type="secondary">{say('behaviour.hint')}</Typography.Text>
      </Flex>
      <CommandPage
        command="application_save_draft"
        title={found ? `${say('intake.title')} ${found.application_no}` : say('intake.new')}
        values={found ? { form: found.form } : {}}
        fixed={found ? { application_id: found.id, version: found.version } : {}}
        only={['form']}
        groups={GROUPS}
        more={record.send}
        onDone={({ result }) => {
          record.sent()
          void navigate(`/intake/applications/${result?.application_id as number}`)
        }}
        aside={(typed) => (
          <>
            <IntakeQuote typed={typed} />
            {found ? <ConsentCard id={found.id} /> : <Typography.Paragraph type="secondary">{say('consent.after_saving')}</Typography.Paragraph>}
          </>
        )}
      />
    </div>
  )
}
