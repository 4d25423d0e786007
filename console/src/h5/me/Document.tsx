import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { components } from '../../api/schema'
import { get } from '../../api/request'
import { useWords } from '../../i18n/words'
import { PaperView } from '../parts/PaperView'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'

type DocumentOut = components['schemas']['DocumentOut']

/** A letter or receipt that we issued to the borrower. */
export default function Document() {
  const say = useWords()
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery({ queryKey: ['my-document', id], queryFn: () => get<DocumentOut>(`/documents/${id}`) })
  return (
    <PhonePage title={data?.title ?? say('phone.documents')} back="/me">
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && <PaperView path={`/documents/${id}/file`} name={`${data.document_no}.pdf`} />}
    </PhonePage>
  )
}
