import { useCallback, useEffect, useRef, useState } from 'react'
import { deviceTold, type DeviceTold } from '../device/device'
import { FormRecorder, type FormRecord } from './recorder'

const KEPT_AS = 'axle.form-record'

/**
 * The record of how a form is filled in, and on which device, for whoever agreed before they began; without agreement
 * nothing is listened to or told.
 * Agreed or not is kept in the browser. A form that was begun without is sent without.
 */
export function useFormRecord(page: FormRecord['page']) {
  const [isAgreed, setAgreed] = useState(() => localStorage.getItem(KEPT_AS) === 'yes')
  const [recorder, setRecorder] = useState(() => (isAgreed ? new FormRecorder(page) : null))
  /** Not state: drawing anew between a key and its field's own handler would lose the key. */
  const hasBegun = useRef(false)

  const agree = (is: boolean) => {
    localStorage.setItem(KEPT_AS, is ? 'yes' : 'no')
    setAgreed(is)
    if (!is) setRecorder(null)
    else if (!hasBegun.current) setRecorder(new FormRecorder(page))
  }
  const send = useCallback(
    (form: unknown): { behaviour?: FormRecord; device?: DeviceTold } =>
      recorder ? { behaviour: recorder.with(form), device: deviceTold() } : {},
    [recorder],
  )
  const sent = useCallback(() => recorder?.sent(), [recorder])
  const begin = useCallback(() => {
    hasBegun.current = true
  }, [])
  return { isAgreed, agree, recorder, begin, send, sent }
}

export type FormRecording = ReturnType<typeof useFormRecord>

/** Listens within an element while there is a recorder, or notes that typing began without one. */
export function useRecorded(root: HTMLElement | null, { recorder, begin }: FormRecording, prefix = ''): void {
  useEffect(() => {
    if (!root) return
    if (recorder) return recorder.listen(root, prefix)
    root.addEventListener('input', begin, { once: true })
    return () => root.removeEventListener('input', begin)
  }, [root, recorder, begin, prefix])
}
