import { Button, Tag } from 'antd-mobile'
import { useRef, useState } from 'react'
import { useLabels, useWords, type WordKey } from '../../i18n/words'
import { Spinner } from './Wait'
import { useAct } from './useAct'
import { photoAdd, type Captured, type Subject } from './photos'

interface PhotoLineProps {
  kind: string
  photo: Captured | undefined
  /** Gives what the photo is about, making it when there is none yet. */
  onNeedSubject: () => Promise<Subject>
}

const STATES: Record<string, { word: WordKey; color: 'success' | 'warning' | 'danger' | 'default' }> = {
  recognised: { word: 'phone.photo_read', color: 'success' },
  confirmed: { word: 'phone.photo_read', color: 'success' },
  filed: { word: 'phone.photo_filed', color: 'success' },
  needs_review: { word: 'phone.photo_doubtful', color: 'warning' },
  failed: { word: 'phone.photo_unreadable', color: 'danger' },
}

/** One kind of document: take or choose a photo, see what became of it. */
export function PhotoLine({ kind, photo, onNeedSubject }: PhotoLineProps) {
  const say = useWords()
  const labels = useLabels()
  const input = useRef<HTMLInputElement>(null)
  const [isSending, setSending] = useState(false)
  const { act } = useAct()
  const send = async (file: File) => {
    setSending(true)
    await act(async () => photoAdd(await onNeedSubject(), kind, file))
    setSending(false)
  }
  const isReading = isSending || photo?.state === 'queued'
  const state = photo && STATES[photo.state]
  return (
    <div className="phone-photo">
      <span>{labels.enumText('CapturedKind', kind)}</span>
      <span className="phone-photo">
        {isReading && (
          <>
            <Spinner /> <span className="phone-hint">{say('phone.photo_reading')}</span>
          </>
        )}
        {!isReading && state && <Tag color={state.color}>{say(state.word)}</Tag>}
        <Button size="small" fill="outline" color="primary" disabled={isReading} onClick={() => input.current?.click()}>
          {say(photo ? 'phone.photo_again' : 'phone.photo_take')}
        </Button>
      </span>
      <input
        ref={input}
        hidden
        type="file"
        data-kind={kind}
        accept="image/*"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file) void send(file)
          event.target.value = ''
        }}
      />
    </div>
  )
}
