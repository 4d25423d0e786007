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

export function roleInput(role: Role, grants: Grants) {
  return {
    code: role.code,
    name: role.name,
    is_active: role.is_active,
    grants: Object.entries(grants).map(([permission, scope]) => ({ permission, scope })),
  }
}
