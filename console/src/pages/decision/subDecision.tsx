import { ApartmentOutlined } from '@ant-design/icons'
import {
  GraphNode,
  type MinimalNodeProps,
  type MinimalNodeSpecification,
  NodeColor,
  type NodeSpecification,
  useDecisionGraphActions,
  useDecisionGraphState,
} from '@gorules/jdm-editor'
import { Select } from 'antd'
import { createContext, use } from 'react'
import { CALL } from './decision'

/** The sub-decisions that a node may call. */
export const PartsContext = createContext<string[]>([])

interface Called {
  key: string
  passThrough: boolean
}

function CallNode({ id, data, selected, specification }: MinimalNodeProps & { specification: MinimalNodeSpecification }) {
  const parts = use(PartsContext)
  const { updateNode } = useDecisionGraphActions()
  const called = useDecisionGraphState(({ decisionGraph }) => decisionGraph.nodes.find((node) => node.id === id)?.content as Called | undefined)
  return (
    <GraphNode id={id} specification={specification} name={(data as { name: string }).name} isSelected={selected}>
      <Select
        size="small"
        className="nodrag"
        style={{ width: '100%' }}
        value={called?.key ?? null}
        options={parts.map((value) => ({ value, label: value }))}
        onChange={(key) =>
          updateNode(id, (node) => {
            node.content = { key, passThrough: true }
            return node
          })
        }
      />
    </GraphNode>
  )
}

/** A node that calls a sub-decision of the same version, for the editor's palette. */
export function callSpecification(title: string): NodeSpecification<Called> {
  return {
    type: CALL,
    icon: <ApartmentOutlined />,
    color: NodeColor.Green,
    displayName: title,
    generateNode: ({ index }) => ({ name: `${title}${index}`, content: { key: '', passThrough: true } }),
    renderNode: CallNode,
  }
}
