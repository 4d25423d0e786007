import { useQuery } from '@tanstack/react-query'
import { Button, Dialog, List } from 'antd-mobile'
import { commandRun } from '../../api/commands'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { API } from '../../api/transport'
import { showDate } from '../../format/date'
import { useWords } from '../../i18n/words'
import { useAct } from '../parts/useAct'

type Letter = components['schemas']['OwnLetterOut']

/** The consent letters that the person signed: to read again, and to take back at any time. */
export function Letters() {
  const say = useWords()
  const { data } = useQuery({ queryKey: ['my-letters'], queryFn: () => get<{ items: Letter[] }>('/me/consent-letters') })
  if (!data?.items.length) return null
  return (
    <List mode="card" header={say('phone.letters')}>
      {data.items.map((letter) => (
        <List.Item key={letter.letter_id} description={<Standing letter={letter} />} extra={<Withdraw letter={letter} />}>
          <a href={`${API}/consent-letters/${letter.letter_id}/file`} target="_blank" rel="noreferrer">
            {letter.consent_letter_no}
          </a>
        </List.Item>
      ))}
    </List>
  )
}

function Standing({ letter }: { letter: Letter }) {
  const say = useWords()
  if (letter.withdrawn_on) return say('phone.letter_withdrawn', { date: showDate(letter.withdrawn_on) })
  return letter.consent_expires_on ? say('consent.until', { date: showDate(letter.consent_expires_on) }) : null
}

function Withdraw({ letter }: { letter: Letter }) {
  const say = useWords()
  const { act, isBusy } = useAct()
  const withdraw = async () => {
    const isSure = await Dialog.confirm({
      content: say('phone.letter_withdraw_sure'),
      confirmText: say('phone.letter_withdraw'),
      cancelText: say('common.cancel'),
    })
    if (isSure) await act(() => commandRun('consent_letter_withdraw', { letter_id: letter.letter_id }))
  }
  if (!letter.actions.includes('consent_letter_withdraw')) return null
  return (
    <Button size="small" fill="outline" loading={isBusy} onClick={() => void withdraw()}>
      {say('phone.letter_withdraw')}
    </Button>
  )
}
