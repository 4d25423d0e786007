import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import { Alert, Card } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useLanguage, useWords } from '../../i18n/words'
import { inLanguage } from './inLanguage'
import './process.css'

interface ProcessDrawingProps {
  /** The BPMN 2.0 file. */
  xml: string
  /** Ids of the nodes where a case waits now. */
  waiting?: string[]
}

const NOBODY: string[] = []

interface Canvas {
  zoom: (level: 'fit-viewport', centre: 'auto') => void
  addMarker: (id: string, marker: string) => void
}

/** A process as drawn, to be looked at; the bpmn.io mark in the corner has to stay in sight. */
export default function ProcessDrawing({ xml, waiting = NOBODY }: ProcessDrawingProps) {
  const say = useWords()
  const language = useLanguage()
  const box = useRef<HTMLDivElement>(null)
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    if (!box.current) return
    const viewer = new NavigatedViewer({ container: box.current })
    viewer
      .importXML(inLanguage(xml, language))
      .then(() => {
        const canvas = viewer.get<Canvas>('canvas')
        canvas.zoom('fit-viewport', 'auto')
        waiting.forEach((id) => canvas.addMarker(id, 'axle-waiting'))
      })
      .catch(() => setBroken(true))
    return () => viewer.destroy()
  }, [xml, language, waiting])
  return (
    <Card variant="borderless" title={say('process.drawing')}>
      {isBroken ? <Alert type="warning" showIcon title={say('process.not_drawn')} /> : <div ref={box} className="axle-process" />}
    </Card>
  )
}
