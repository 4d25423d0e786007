import { Button } from 'antd-mobile'
import { useEffect, useRef } from 'react'
import Pad from 'signature_pad'
import { useWords } from '../../i18n/words'

interface SignaturePadProps {
  /** The drawing as base64 of a PNG, empty when there is none. */
  onChange: (png: string) => void
}

/** A field to sign in with a finger. */
export function SignaturePad({ onChange }: SignaturePadProps) {
  const say = useWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const pad = useRef<Pad | null>(null)
  useEffect(() => {
    const target = canvas.current
    if (!target) return
    fit(target)
    const drawn = new Pad(target, { penColor: '#111', minWidth: 1, maxWidth: 3 })
    drawn.addEventListener('endStroke', () => onChange(drawn.toDataURL('image/png').split(',')[1] ?? ''))
    pad.current = drawn
    return () => drawn.off()
  }, [onChange])
  const clear = () => {
    pad.current?.clear()
    onChange('')
  }
  return (
    <>
      <canvas ref={canvas} className="phone-signature" aria-label={say('phone.signature')} />
      <Button size="small" fill="none" onClick={clear}>
        {say('phone.signature_clear')}
      </Button>
    </>
  )
}

/** Real pixels for the screen's density, so that the line is fine and where the finger is. */
function fit(canvas: HTMLCanvasElement): void {
  const density = Math.min(window.devicePixelRatio, 2)
  canvas.width = canvas.offsetWidth * density
  canvas.height = canvas.offsetHeight * density
  canvas.getContext('2d')?.scale(density, density)
}
