import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd-mobile'
import { useState } from 'react'
import { useParams } from 'react-router'
import type { components } from '../../api/schema'
import { get } from '../../api/request'
import { useWords } from '../../i18n/words'
import { PaperView } from '../parts/PaperView'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { usePapers } from './Papers'
import { SignSheet } from './SignSheet'
import type { Paper } from './types'
import { useSecondsRead } from './useSecondsRead'

type DocumentOut = components['schemas']['DocumentOut']

/** A paper that we issued to the borrower: a letter to keep, or an agreement to sign. */
export default function Document() {
  const say = useWords()
  const { id = '' } = useParams()
  const { data, error, refetch } = useQuery({ queryKey: ['my-document', id], queryFn: () => get<DocumentOut>(`/documents/${id}`) })
  const paper = usePapers().data?.items.find(({ document_id }) => String(document_id) === id)
  return (
    <PhonePage title={data?.title ?? say('phone.documents')} back="/me" foot={data && paper && <ToSign paper={paper} />}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && <PaperView key={data.sha256} path={`/documents/${id}/file`} name={`${data.document_no}.pdf`} />}
    </PhonePage>
  )
}

function ToSign({ paper }: { paper: Paper }) {
  const say = useWords()
  const client = useQueryClient()
  const [isSigning, setSigning] = useState(false)
  const seconds = useSecondsRead()
  const left = Math.max(0, paper.min_read_seconds - seconds)
  const commands = { code: 'paper_code_send', sign: 'paper_sign', about: { document_id: paper.document_id } }
  return (
    <>
      <Button block color="primary" size="large" disabled={left > 0} onClick={() => setSigning(true)}>
        {left > 0 ? say('phone.read_on', { seconds: left }) : say('phone.sign')}
      </Button>
      {isSigning && (
        <SignSheet
          commands={commands}
          statement={{ text: say('phone.confirm_paper') }}
          readSeconds={seconds}
          onClose={() => setSigning(false)}
          onSigned={() => void client.invalidateQueries()}
        />
      )}
    </>
  )
}
