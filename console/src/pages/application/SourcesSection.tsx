import { useQuery } from '@tanstack/react-query'
import { Card, Collapse, Descriptions, Empty, Space, Tag, Typography } from 'antd'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { useActor } from '../../api/session'
import { Failure } from '../../components/Failure'
import { Money } from '../../components/Money'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords } from '../../i18n/words'

type Answer = components['schemas']['SourceAnswerOut']

/** What the data sources said about the case, in words; of a source without an answer, why. */
export function SourcesSection({ id }: { id: number }) {
  const say = useWords()
  const mayLook = useActor().permissions.includes('sources.call.view')
  const path = `/source-answers?subject_type=application&subject_id=${id}`
  const { data, error } = useQuery({ queryKey: ['sources', id], queryFn: () => get<Answer[]>(path), enabled: mayLook })
  if (!mayLook) return null
  const latest = data?.[0]?.round
  return (
    <Card variant="borderless" title={say('application.sources')} loading={!data && !error}>
      {error && <Failure error={error} />}
      {data?.length === 0 && <Empty description={say('application.no_sources')} />}
      <Collapse
        ghost
        items={(data ?? [])
          .filter(({ round }) => round === latest)
          .map((answer) => ({
            key: answer.call_id,
            label: <Heading answer={answer} />,
            children: <Facts answer={answer} />,
            collapsible: answer.facts.length ? ('header' as const) : ('disabled' as const),
            showArrow: answer.facts.length > 0,
          }))}
      />
    </Card>
  )
}

function Heading({ answer }: { answer: Answer }) {
  const labels = useLabels()
  return (
    <Space wrap>
      <Typography.Text strong>{labels.enumText('DataSourceCode', answer.data_source)}</Typography.Text>
      <StateTag name="SourceOutcome" value={answer.source_outcome} />
      {answer.reason && <Typography.Text type="warning">{answer.reason}</Typography.Text>}
      {answer.is_cached && <Tag>{labels.field('is_cached')}</Tag>}
      {answer.late_at && <Tag>{labels.field('late_at')}</Tag>}
      <Typography.Text type="secondary">
        {answer.call_no} {answer.consent_no}
      </Typography.Text>
      {answer.price !== '0.00' && <Money value={answer.price} />}
    </Space>
  )
}

function Facts({ answer }: { answer: Answer }) {
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, sm: 2, xl: 4 }}
      items={answer.facts.map(({ name, label, value }) => ({ key: name, label, children: value }))}
    />
  )
}
