import { lazy, Suspense } from 'react'
import { API } from '../../api/transport'
import { useWords } from '../../i18n/words'
import { Wait } from './Wait'

const PdfView = lazy(() => import('../../components/PdfView'))

/** A PDF to read on the page, and to keep. `path` is the API's, `name` what the file is called when it is saved. */
export function PaperView({ path, name }: { path: string; name: string }) {
  const say = useWords()
  return (
    <Suspense fallback={<Wait />}>
      <PdfView source={`${API}${path}`} />
      <a className="phone-save" href={`${API}${path}`} download={name}>
        {say('file.save')}
      </a>
    </Suspense>
  )
}
