import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import type { Permission, Role } from './role'
import { RoleGrants } from './RoleGrants'

/** One role: which permissions it gives, over which data. */
export default function RoleEditor() {
  const { code = '' } = useParams()
  const role = useQuery({ queryKey: ['role', code], queryFn: () => get<Role>(`/roles/${encodeURIComponent(code)}`) })
  const permissions = useQuery({ queryKey: ['permissions'], queryFn: () => get<Permission[]>('/permissions'), staleTime: Infinity })
  const error = role.error ?? permissions.error
  if (error) return <Failure error={error} onRetry={() => void role.refetch()} />
  if (!role.data || !permissions.data) return <Loading />
  return <RoleGrants key={JSON.stringify(role.data)} role={role.data} permissions={permissions.data} />
}
