import { useInfiniteQuery } from '@tanstack/react-query'
import { ErrorBlock, InfiniteScroll, List, PullToRefresh, Tag } from 'antd-mobile'
import { useNavigate } from 'react-router'
import type { ListingPage, Row } from '../../api/lists'
import { get } from '../../api/request'
import { showDate } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { SignOut } from '../parts/SignOut'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { useInspectionsPath } from './inspection'

const PAGE_SIZE = 20

function useInspections() {
  return useInfiniteQuery({
    queryKey: ['list', 'inspections'],
    queryFn: ({ pageParam }) =>
      get<ListingPage>('/lists/inspections', { page: pageParam, page_size: PAGE_SIZE, state: 'planned,returned', is_mine: 'true' }),
    initialPageParam: 1,
    getNextPageParam: (last, pages) => (pages.length * PAGE_SIZE < last.total ? pages.length + 1 : undefined),
  })
}

/** The inspections that are still to be made, the most urgent first. */
export default function Inspections() {
  const say = useWords()
  const navigate = useNavigate()
  const path = useInspectionsPath()
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInspections()
  const rows = data?.pages.flatMap(({ items }) => items) ?? []
  const open = (row: Row) => void navigate(`${path === '/field' ? '/field' : '/dealer'}/inspections/${row.inspection_no}`)
  return (
    <PhonePage title={say('phone.inspections')} {...(path === '/field' ? {} : { back: '/dealer' })}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && (
        <PullToRefresh onRefresh={() => refetch()}>
          {rows.length ? (
            <List mode="card">
              {rows.map((row) => (
                <InspectionItem key={row.id} row={row} onOpen={() => open(row)} />
              ))}
            </List>
          ) : (
            <ErrorBlock status="empty" title={say('phone.no_inspections')} description="" />
          )}
          <InfiniteScroll hasMore={hasNextPage} loadMore={() => fetchNextPage().then(() => undefined)} />
        </PullToRefresh>
      )}
      <SignOut />
    </PhonePage>
  )
}

function InspectionItem({ row, onOpen }: { row: Row; onOpen: () => void }) {
  const say = useWords()
  const labels = useLabels()
  const due = say('phone.inspect_until', { date: showDate(String(row.due_on)) })
  return (
    <List.Item
      onClick={onOpen}
      description={`${row.plate_no || row.loan_no} · ${labels.enumText('RiskClass', String(row.risk_class))}`}
      extra={
        <Tag color={row.is_late ? 'danger' : row.state === 'returned' ? 'warning' : 'primary'} fill="outline">
          {due}
        </Tag>
      }
    >
      {String(row.customer_name)}
    </List.Item>
  )
}
