import type { components } from '../../api/schema'

export type Department = components['schemas']['DepartmentOut']

export interface Branch {
  key: number
  department: Department
  children: Branch[]
}

/** The departments below one, each with those below it. */
export function branchesOf(departments: Department[], parentId: number | null): Branch[] {
  const own = departments.filter(({ parent_id }) => parent_id === parentId)
  return own.map((department) => ({ key: department.id, department, children: branchesOf(departments, department.id) }))
}

/** The departments above some, from the top down, each once: what has to be open for them to be seen. */
export function keysAbove(departments: Department[], ids: number[]): number[] {
  const above = new Set<number>()
  for (const id of ids) for (const key of wayTo(departments, id)) above.add(key)
  return [...above]
}

function wayTo(departments: Department[], id: number): number[] {
  const parentId = departments.find((department) => department.id === id)?.parent_id ?? null
  return parentId === null ? [] : [...wayTo(departments, parentId), parentId]
}
