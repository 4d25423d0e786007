import { decisionModelSchema } from '@gorules/jdm-editor/dist/schema'
import type { Graph } from './decision'

/**
 * A graph in the editor's normal form, without the nulls of new rows, which the engine refuses; what the editor does not know
 * stays. Equal graphs have equal texts in it, so that drawing one is not taken for a change.
 */
export function normalGraph(graph: unknown): Graph {
  const known = decisionModelSchema.parse(graph)
  return { ...(graph as Graph), ...(withoutNulls(known) as Graph) }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, part]) => part != null)
      .map(([key, part]) => [key, withoutNulls(part)]),
  )
}

export function isSameGraph(one: Graph, other: Graph): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const keys = Object.keys(value).sort((one, other) => (one < other ? -1 : 1))
  return keys.map((key) => [key, sorted((value as Record<string, unknown>)[key])])
}
