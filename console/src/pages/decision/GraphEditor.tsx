import './randomUUID'
import '@gorules/jdm-editor/dist/style.css'
import {
  DecisionGraph,
  type DecisionGraphRef,
  type DecisionGraphType,
  JdmConfigProvider,
  NodeKind,
  nodeSpecification,
  type Simulation,
} from '@gorules/jdm-editor'
import init from '@gorules/zen-engine-wasm'
import wasmUrl from '@gorules/zen-engine-wasm/dist/zen_engine_wasm_bg.wasm?url'
import { use, useEffect, useMemo, useRef, useState } from 'react'
import { useWords } from '../../i18n/words'
import { type DecisionAnswer, type Graph, partsOf } from './decision'
import { isSameGraph, normalGraph } from './graph'
import './graphEditor.css'
import { callSpecification, PartsContext } from './subDecision'

/** It colours and completes what is typed; whether a cell is right says the server. */
const engine = init({ module_or_path: wasmUrl })

// The server publishes no functions: they could do anything, and nothing could be proved of them.
Reflect.deleteProperty(nodeSpecification, NodeKind.Function)

interface GraphEditorProps {
  /** The graph that is drawn. */
  graph: Graph
  /** The graph that holds the sub-decisions. */
  main: Graph
  onChange: (graph: Graph) => void
  /** The way that a tried case took. */
  trace?: DecisionAnswer['trace'] | undefined
  /** The node to be opened; a new object opens it again. */
  opened?: { node: string } | undefined
}

/** The decision graph, drawn and edited. */
export default function GraphEditor({ graph, main, onChange, trace, opened }: GraphEditorProps) {
  use(engine)
  const title = useWords()('strategy.sub_decision')
  const components = useMemo(() => [callSpecification(title)], [title])
  const editor = useRef<DecisionGraphRef>(null)
  const [first] = useState(() => normalGraph(graph)) // drawn once; from then on the editor keeps its own
  const latest = useRef(first)
  useEffect(() => {
    if (opened) editor.current?.openTab(opened.node)
  }, [opened])
  const changed = (drawn: DecisionGraphType) => {
    const normal = { ...first, ...normalGraph(drawn) }
    if (isSameGraph(normal, latest.current)) return
    latest.current = normal
    onChange(normal)
  }
  return (
    <JdmConfigProvider>
      <PartsContext value={Object.keys(partsOf(main))}>
        <div className="axle-graph">
          <DecisionGraph
            ref={editor}
            defaultValue={first as unknown as DecisionGraphType}
            components={components}
            onChange={changed}
            {...(trace ? { simulate: simulationOf(trace, graph) } : {})}
          />
        </div>
      </PartsContext>
    </JdmConfigProvider>
  )
}

/** The server's trace as the editor draws it. */
function simulationOf(trace: DecisionAnswer['trace'], graph: Graph): Simulation {
  return { result: { performance: '', result: {}, snapshot: graph, trace } } as unknown as Simulation
}
