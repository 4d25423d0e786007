import { useQuery } from '@tanstack/react-query'
import { Alert, Button, Card, Descriptions, Flex, Table, Typography } from 'antd'
import { lazy, Suspense, useMemo } from 'react'
import { ApiError } from '../../api/error'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import type { ChartOption } from '../../components/Chart'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { StateTag } from '../../components/StateTag'
import { useLabels, useWords, type Labels } from '../../i18n/words'
import { LinkedValue } from '../../routes/links'
import { isApplication, useSteps, type Graph, type GraphNode } from './relationSteps'

const Chart = lazy(() => import('../../components/Chart'))

const KINDS = ['application', 'person', 'phone', 'card', 'address', 'employer', 'vehicle', 'device', 'place', 'dealer', 'guarantor'] as const
const FACTS = [
  'people_near', 'borrowers_near', 'defaulters_near', 'ring_people', 'ring_applications', 'applications_hidden', 'applications_not_drawn',
] as const

/** Whom and what an application, or the latest one of a customer, is related with: drawn, counted, and listed. */
export function RelationsSection({ of = 'applications', id }: { of?: 'applications' | 'customers'; id: number }) {
  const say = useWords()
  const mayLook = useActor().permissions.includes('origination.relation.view')
  const { data, error } = useQuery({
    queryKey: ['relations', of, id],
    queryFn: () => get<Graph>(`/${of}/${id}/relations`),
    enabled: mayLook,
  })
  if (!mayLook) return null
  return (
    <Card variant="borderless" title={say('application.relations')} loading={!data && !error}>
      {error && (isUnknown(error) ? <None /> : <Failure error={error} />)}
      {data && <Drawn key={data.application_id} first={data} />}
    </Card>
  )
}

/** A customer without an application that this person may look at. */
const isUnknown = (error: Error) => error instanceof ApiError && error.status === 404

function None() {
  const say = useWords()
  return <Typography.Text type="secondary">{say('application.relations_none')}</Typography.Text>
}

function Drawn({ first }: { first: Graph }) {
  const say = useWords()
  const labels = useLabels()
  const { graph, next, busy, open } = useSteps(first)
  const option = useMemo(() => optionOf(graph, labels), [graph, labels])
  const others = graph.nodes.filter((node) => isApplication(node) && node.application_id !== graph.application_id)
  const own = graph.nodes.find(({ application_id: id }) => id === graph.application_id)
  const opened = (node: GraphNode) => next[node.key] === null
  if (!others.length && !graph.applications_hidden) return <None />
  return (
    <Flex vertical gap="middle">
      {graph.ring_people > 0 && (
        <Alert
          type="error"
          showIcon
          title={say('application.relations_ring', { people: graph.ring_people, applications: graph.ring_applications })}
          description={graph.ring_bonds.map((bond) => labels.enumText('RelationNodeKind', bond)).join('、')}
        />
      )}
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, xl: 4 }}
        items={FACTS.map((name) => ({ key: name, label: labels.field(name), children: graph[name] }))}
      />
      <Suspense fallback={<Loading />}>
        <Chart
          option={option}
          height={420}
          label={say('application.relations')}
          onPick={(picked) => {
            const node = graph.nodes.find(({ key }) => key === picked)
            if (node) void open(node)
          }}
        />
      </Suspense>
      <Flex gap="small" align="center" wrap>
        <Typography.Text type="secondary">{say('application.relations_hint')}</Typography.Text>
        {own && graph.applications_not_drawn > 0 && (
          <Button size="small" loading={busy === own.key} disabled={opened(own)} onClick={() => void open(own)}>
            {say('application.relations_rest')}
          </Button>
        )}
      </Flex>
      <Table<GraphNode>
        size="small"
        rowKey="key"
        dataSource={others}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: labels.field('application_no'), render: (_, one) => <LinkedValue name="application_no" data={{ ...one }}>{one.label}</LinkedValue> },
          { title: labels.field('applicant_name'), dataIndex: 'applicant_name' },
          { title: labels.field('application_state'), render: (_, one) => <StateTag name="ApplicationState" value={one.application_state} /> },
          { title: say('application.relations_shared'), render: (_, one) => sharedBy(graph, one, labels) },
          { title: labels.field('is_in_ring'), render: (_, one) => (one.is_in_ring ? say('common.yes') : '') },
          { title: say('application.relations_steps'), dataIndex: 'step' },
          {
            title: say('application.relations_next'),
            render: (_, one) => (
              <Button type="link" size="small" loading={busy === one.key} disabled={opened(one)} onClick={() => void open(one)}>
                {say(opened(one) ? 'application.relations_opened' : 'application.relations_open')}
              </Button>
            ),
          },
        ]}
      />
    </Flex>
  )
}

/** What an application shares with others, in words. */
function sharedBy({ edges }: Graph, { key }: GraphNode, labels: Labels): string {
  const roles = edges.filter(({ application, trait_role: role }) => application === key && role !== 'dealer')
  return [...new Set(roles.map(({ trait_role: role }) => labels.enumText('TraitKind', role)))].join('、')
}

function optionOf(graph: Graph, labels: Labels): ChartOption {
  const categories = KINDS.map((kind) => ({ name: labels.enumText('RelationNodeKind', kind) }))
  return {
    tooltip: {},
    legend: { top: 0, data: categories.map(({ name }) => name) },
    series: [
      {
        type: 'graph',
        layout: 'force',
        roam: true,
        top: 40,
        categories,
        force: { repulsion: 160, edgeLength: 70, layoutAnimation: false },
        label: { show: true, position: 'right', fontSize: 11 },
        edgeLabel: { show: false },
        data: graph.nodes.map((node) => drawn(node, graph, labels)),
        links: graph.edges.map(({ application, node, trait_role: role }) => ({
          source: application, target: node, value: labels.enumText('TraitKind', role),
        })),
      },
    ],
  }
}

function drawn(node: GraphNode, graph: Graph, labels: Labels) {
  const hidden = node.applications_hidden ? ` +${node.applications_hidden}` : ''
  return {
    id: node.key,
    name: `${node.applicant_name || node.label}${hidden}`,
    value: node.label,
    category: KINDS.indexOf(node.node_kind),
    symbolSize: node.application_id === graph.application_id ? 28 : node.node_kind === 'application' ? 18 : 11,
    ...(node.is_in_ring && { itemStyle: { borderColor: '#cf1322', borderWidth: 3 } }),
    tooltip: { formatter: `${labels.enumText('RelationNodeKind', node.node_kind)} ${node.label}${hidden}` },
  }
}
