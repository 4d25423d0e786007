import { useQuery } from '@tanstack/react-query'
import { List } from 'antd-mobile'
import { useNavigate } from 'react-router'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { showDate } from '../../format/date'
import { useWords } from '../../i18n/words'
import type { Paper } from './types'

/** The papers that wait for the signature of the person who is signed in. */
export function usePapers() {
  const { permissions } = useActor()
  return useQuery({
    queryKey: ['my-papers'],
    queryFn: () => get<{ items: Paper[] }>('/me/papers'),
    enabled: permissions.includes('servicing.paper.sign'),
  })
}

export function Papers() {
  const say = useWords()
  const navigate = useNavigate()
  const { data } = usePapers()
  if (!data?.items.length) return null
  return (
    <List mode="card" header={say('phone.papers')}>
      {data.items.map((paper) => (
        <List.Item
          key={paper.document_id}
          description={say('phone.sign_until', { date: showDate(paper.sign_until) })}
          onClick={() => void navigate(`/me/documents/${paper.document_id}`)}
        >
          {paper.document_title}
        </List.Item>
      ))}
    </List>
  )
}
