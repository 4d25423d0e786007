import { useEffect, useRef, useState } from 'react'
import { useWords } from '../i18n/words'
import { openPdf, type PdfFile } from './pdf'

interface PdfViewProps {
  /** An address of our own origin, or the bytes themselves: the security policy lets no blob be fetched. */
  source: string | Blob
}

/** A PDF drawn page by page at the width of its box; pages are drawn when they come near the view. */
export default function PdfView({ source }: PdfViewProps) {
  const say = useWords()
  const [file, setFile] = useState<PdfFile | null>(null)
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    const given = typeof source === 'string' ? Promise.resolve({ url: source }) : source.arrayBuffer().then((data) => ({ data }))
    const opening = given.then(openPdf)
    opening.then(({ promise }) => promise).then(setFile, () => setBroken(true))
    return () => void opening.then((task) => task.destroy())
  }, [source])
  if (isBroken) return <p role="alert">{say('pdf.failed')}</p>
  if (!file) return <p>{say('common.loading')}</p>
  return (
    <div className="pdf-view">
      {Array.from({ length: file.numPages }, (_, index) => (
        <PdfPage key={index} file={file} no={index + 1} />
      ))}
    </div>
  )
}

function PdfPage({ file, no }: { file: PdfFile; no: number }) {
  const say = useWords()
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const target = box.current
    if (!target) return
    const watcher = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting || !canvas.current) return
        watcher.disconnect()
        void draw(file, no, canvas.current, target.clientWidth)
      },
      { rootMargin: '600px' },
    )
    watcher.observe(target)
    return () => watcher.disconnect()
  }, [file, no])
  return (
    <div ref={box} style={{ marginBottom: 12, minHeight: 200 }}>
      <canvas ref={canvas} style={{ width: '100%', boxShadow: '0 0 4px rgba(0,0,0,.2)' }} />
      <div style={{ textAlign: 'center', color: '#888' }}>{say('pdf.page', { page: no, pages: file.numPages })}</div>
    </div>
  )
}

async function draw(file: PdfFile, no: number, canvas: HTMLCanvasElement, width: number): Promise<void> {
  const page = await file.getPage(no)
  const scale = (width / page.getViewport({ scale: 1 }).width) * Math.min(window.devicePixelRatio, 2)
  const viewport = page.getViewport({ scale })
  canvas.width = viewport.width
  canvas.height = viewport.height
  await page.render({ canvas, viewport }).promise
}
