import { lazy, Suspense } from 'react'
import { Loading } from '../../components/Loading'
import { type DecisionAnswer, type Graph, type NodePlace, partsOf, withPart } from './decision'
import { PartBar, type Part } from './PartBar'

const GraphEditor = lazy(() => import('./GraphEditor'))

interface GraphTabProps {
  graph: Graph
  /** Which graph is drawn: the main one (null) or a sub-decision. */
  part: Part
  trace: DecisionAnswer['trace'] | undefined
  opened: NodePlace | undefined
  onShow: (part: Part) => void
  onChange: (graph: Graph) => void
}

/** The main graph of a version or one of its sub-decisions, drawn and edited. */
export function GraphTab({ graph, part, trace, opened, onShow, onChange }: GraphTabProps) {
  const drawn = part === null ? graph : (partsOf(graph)[part] ?? graph)
  return (
    <>
      <PartBar graph={graph} part={part} onShow={onShow} onChange={onChange} />
      <Suspense fallback={<Loading />}>
        <GraphEditor
          key={part}
          graph={drawn}
          main={graph}
          trace={part === null ? trace : undefined}
          opened={opened?.part === part ? opened : undefined}
          onChange={(changed) => onChange(part === null ? { ...changed, parts: partsOf(graph) } : withPart(graph, part, changed))}
        />
      </Suspense>
    </>
  )
}
