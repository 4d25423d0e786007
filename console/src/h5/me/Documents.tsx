import { useQuery } from '@tanstack/react-query'
import { List } from 'antd-mobile'
import { useNavigate } from 'react-router'
import type { ListingPage } from '../../api/lists'
import { get } from '../../api/request'
import { showDate } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'

/** Letters and receipts that we issued to the borrower; contracts have a list of their own. */
export function Documents() {
  const say = useWords()
  const labels = useLabels()
  const navigate = useNavigate()
  const { data } = useQuery({ queryKey: ['my-documents'], queryFn: () => get<ListingPage>('/lists/documents', { page_size: 50 }) })
  const letters = data?.items.filter(({ subject_type }) => subject_type !== 'contract') ?? []
  if (!letters.length) return null
  return (
    <List mode="card" header={say('phone.documents')}>
      {letters.map((letter) => (
        <List.Item
          key={letter.id}
          description={showDate(String(letter.business_on))}
          extra={labels.enumText('DocumentState', String(letter.document_state))}
          onClick={() => void navigate(`/me/documents/${letter.id}`)}
        >
          {letter.document_title}
        </List.Item>
      ))}
    </List>
  )
}
