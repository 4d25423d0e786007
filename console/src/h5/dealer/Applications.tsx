import { useInfiniteQuery } from '@tanstack/react-query'
import { Button, ErrorBlock, InfiniteScroll, List, PullToRefresh, Tag } from 'antd-mobile'
import { useNavigate } from 'react-router'
import type { ListingPage, Row } from '../../api/lists'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { showDate } from '../../format/date'
import { showYuan } from '../../format/money'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { SignOut } from '../parts/SignOut'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'

const PAGE_SIZE = 20

function useApplications() {
  return useInfiniteQuery({
    queryKey: ['list', 'applications'],
    queryFn: ({ pageParam }) => get<ListingPage>('/lists/applications', { page: pageParam, page_size: PAGE_SIZE }),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (pages.length * PAGE_SIZE < last.total ? pages.length + 1 : undefined),
  })
}

/** The dealer's applications, newest first, and the way to a new one. */
export default function Applications() {
  const say = useWords()
  const navigate = useNavigate()
  const { permissions } = useActor()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useApplications()
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <PhonePage
      title={say('phone.my_applications')}
      foot={
        <Button block color="primary" size="large" onClick={() => void navigate('/dealer/new')}>
          {say('phone.new_application')}
        </Button>
      }
    >
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && (
        <PullToRefresh onRefresh={() => refetch()}>
          {rows.length ? (
            <List mode="card">
              {rows.map((row) => (
                <ApplicationItem key={row.id} row={row} onOpen={() => void navigate(`/dealer/applications/${row.id}`)} />
              ))}
            </List>
          ) : (
            <ErrorBlock status="empty" title={say('phone.no_applications')} description="" />
          )}
          <InfiniteScroll hasMore={hasNextPage} loadMore={() => fetchNextPage().then(() => undefined)} />
        </PullToRefresh>
      )}
      {permissions.includes('servicing.inspection.work') && (
        <Button block fill="none" onClick={() => void navigate('/dealer/inspections')}>
          {say('phone.to_inspections')}
        </Button>
      )}
      <SignOut />
    </PhonePage>
  )
}

const COLOURS: Record<string, string> = {
  submitted: 'primary', in_review: 'primary', returned: 'warning', approved: 'success', contracted: 'success', disbursed: 'success', declined: 'danger',
}

function ApplicationItem({ row, onOpen }: { row: Row; onOpen: () => void }) {
  const say = useWords()
  const labels = useLabels()
  const amount = row.amount ? `¥${showYuan(String(row.amount))}` : ''
  const state = String(row.state)
  const facts = [amount, showDate(row.submitted_at as string | null)].filter(Boolean)
  const description = (
    <>
      <div>{row.application_no}</div>
      <div>{facts.join(' · ')}</div>
    </>
  )
  return (
    <List.Item
      onClick={onOpen}
      description={description}
      extra={
        <Tag color={COLOURS[state] ?? 'default'} fill="outline">
          {labels.enumText('ApplicationState', state)}
        </Tag>
      }
    >
      {row.applicant_name || say('phone.no_name')}
    </List.Item>
  )
}
