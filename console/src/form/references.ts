/** Where a form finds the choices of a key: a listing (searched on the server) or a short list at a path. */
export type Reference = { label: string[]; value?: string } & ({ listing: string } | { path: string })

const DEPARTMENTS: Reference = { path: '/organisation/departments', label: ['name'] }
const EMPLOYEES: Reference = { listing: 'employees', label: ['employee_no', 'name'] }

const REFERENCES: Record<string, Reference> = {
  legal_entity_id: { path: '/organisation/legal-entities', label: ['code', 'name'] },
  position_id: { path: '/organisation/positions', label: ['name'] },
  department_id: DEPARTMENTS,
  parent_id: DEPARTMENTS,
  employee_id: EMPLOYEES,
  delegate_id: EMPLOYEES,
  successor_id: EMPLOYEES,
  owner_id: EMPLOYEES,
  manager_id: EMPLOYEES,
  dealer_id: { listing: 'dealers', label: ['dealer_no', 'name'] },
  customer_id: { listing: 'customers', label: ['customer_no', 'name'] },
  vehicle_id: { listing: 'vehicles', label: ['vin', 'name'] },
  product_version_id: { listing: 'product_versions', label: ['code', 'name', 'version'] },
}

export function referenceOf(key: string): Reference | undefined {
  return REFERENCES[key]
}
