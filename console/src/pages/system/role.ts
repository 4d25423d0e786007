import type { components } from '../../api/schema'

type Schemas = components['schemas']

export type Role = Schemas['RoleOut']
export type Permission = Schemas['PermissionOut']
export type Scope = Schemas['ScopeKind']

/** Permission to the data that it reaches; a permission that is not here is not granted. */
export type Grants = Record<string, Scope>

export const SCOPES: readonly Scope[] = ['own', 'department', 'department_tree', 'channel', 'customer', 'all']

export function grantsOf(role: Role): Grants {
  return Object.fromEntries(role.grants.map(({ permission, scope }) => [permission, scope]))
}

/** The grants with one permission set, or taken away with null. */
export function granted(grants: Grants, permission: string, scope: Scope | null): Grants {
  const others = Object.entries(grants).filter(([name]) => name !== permission)
  return Object.fromEntries(scope === null ? others : [...others, [permission, scope]])
}

/** How many things differ from what is stored: name, activity, each permission. */
export function changesOf(stored: Role, edited: Role, grants: Grants): number {
  const before = grantsOf(stored)
  const keys = new Set([...Object.keys(before), ...Object.keys(grants)])
  const differing = [...keys].filter((key) => before[key] !== grants[key]).length
  return differing + Number(stored.name !== edited.name) + Number(stored.is_active !== edited.is_active)
}

export function roleInput(role: Role, grants: Grants) {
  return {
    code: role.code,
    name: role.name,
    is_active: role.is_active,
    grants: Object.entries(grants).map(([permission, scope]) => ({ permission, scope })),
  }
}
