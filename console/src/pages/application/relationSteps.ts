import { App } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { errorText, useWords } from '../../i18n/words'

export type Graph = components['schemas']['RelationGraphOut']
export type GraphNode = Graph['nodes'][number]
type Step = components['schemas']['RelationStepOut']

/** More applications than these cannot be told apart in a drawing. */
export const MOST_DRAWN = 200
/** Who is further away has nothing to do with the case. */
export const MOST_STEPS = 6

export const isApplication = (node: GraphNode) => node.node_kind === 'application'

/** A drawing with one more step from a node in it; what is drawn stays as it is. */
export function merged(graph: Graph, step: Step, from: number): Graph {
  const known = new Set(graph.nodes.map(({ key }) => key))
  const said = new Set(graph.edges.map((edge) => edgeKey(edge)))
  const added = step.nodes.filter(({ key }) => !known.has(key)).map((node) => (isApplication(node) ? { ...node, step: from + node.step } : node))
  return {
    ...graph,
    nodes: [...graph.nodes, ...added],
    edges: [...graph.edges, ...step.edges.filter((edge) => !said.has(edgeKey(edge)))],
  }
}

const edgeKey = ({ application, node, trait_role: role }: Graph['edges'][number]) => `${application} ${node} ${role}`

/** Where a node is opened: an application for all that it shares, or for one value of it. */
function asked(graph: Graph, node: GraphNode): { application: GraphNode; valueKey: string } | null {
  if (isApplication(node)) return { application: node, valueKey: '' }
  if (node.node_kind === 'dealer') return null
  const keys = graph.edges.filter((edge) => edge.node === node.key).map(({ application }) => application)
  const application = graph.nodes.find(({ key }) => key === keys[0])
  return application ? { application, valueKey: node.key } : null
}

/** A drawing that grows as its reader opens nodes; each step is asked of the server, which knows what they may see. */
export function useSteps(first: Graph) {
  const say = useWords()
  const { message } = App.useApp()
  const [graph, setGraph] = useState(first)
  /** By node: where its next page begins; null where nothing more comes. */
  const [next, setNext] = useState<Record<string, number | null>>({})
  const [busy, setBusy] = useState('')
  const open = async (node: GraphNode) => {
    const place = asked(graph, node)
    if (!place || busy || next[node.key] === null) return
    if (graph.nodes.filter(isApplication).length >= MOST_DRAWN || place.application.step >= MOST_STEPS) {
      message.info(say('application.relations_limit', { applications: MOST_DRAWN, steps: MOST_STEPS }))
      return
    }
    setBusy(node.key)
    try {
      let grown = graph
      let offset: number | null = next[node.key] ?? 0
      while (offset !== null && grown.nodes.length === graph.nodes.length) {
        const path = `/applications/${place.application.application_id ?? 0}/relations/step`
        const step: Step = await get<Step>(path, { value_key: place.valueKey, offset })
        grown = merged(grown, step, place.application.step)
        offset = step.next_offset
      }
      if (grown.nodes.length === graph.nodes.length) message.info(say('application.relations_no_more'))
      setGraph(grown)
      setNext({ ...next, [node.key]: offset })
    } catch (error) {
      message.error(errorText(error, say))
    } finally {
      setBusy('')
    }
  }
  return { graph, next, busy, open }
}
