import { lazy, Suspense } from 'react'
import { useParams } from 'react-router'
import { API } from '../../api/transport'
import { useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Wait } from '../parts/Wait'

const PdfView = lazy(() => import('../../components/PdfView'))

/** A contract to read. */
export default function Contract() {
  const say = useWords()
  const { id = '' } = useParams()
  return (
    <PhonePage title={say('phone.contracts')} back="/me">
      <Suspense fallback={<Wait />}>
        <PdfView source={`${API}/contracts/${id}/file`} />
      </Suspense>
    </PhonePage>
  )
}
