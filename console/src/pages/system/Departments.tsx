import { useQuery } from '@tanstack/react-query'
import { Card, Empty, Space, Tag, Tree, Typography } from 'antd'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { CommandButton } from '../../form/CommandButton'
import { useWords } from '../../i18n/words'

type Department = components['schemas']['DepartmentOut']

interface Branch {
  key: number
  department: Department
  children: Branch[]
}

/** The institution as a tree; each branch can be changed or given a branch of its own. */
export default function Departments() {
  const say = useWords()
  const { data, error, refetch } = useQuery({
    queryKey: ['departments'],
    queryFn: () => get<Department[]>('/organisation/departments'),
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Card variant="borderless" title={say('departments.title')} extra={<CommandButton command="department_create" isPrimary />}>
      {data.length ? (
        <Tree<Branch>
          blockNode
          showLine
          defaultExpandAll
          selectable={false}
          treeData={branchesOf(data, null)}
          titleRender={({ department }) => <DepartmentLine department={department} />}
        />
      ) : (
        <Empty />
      )}
    </Card>
  )
}

function branchesOf(departments: Department[], parentId: number | null): Branch[] {
  const own = departments.filter(({ parent_id }) => parent_id === parentId)
  return own.map((department) => ({ key: department.id, department, children: branchesOf(departments, department.id) }))
}

function DepartmentLine({ department }: { department: Department }) {
  const say = useWords()
  return (
    <Space wrap>
      <Typography.Text delete={!department.is_active}>{department.name}</Typography.Text>
      <Tag>{say('departments.people', { count: department.employees })}</Tag>
      <CommandButton isLink command="department_update" values={{ ...department }} />
      <CommandButton isLink command="department_create" values={{ parent_id: department.id }} />
    </Space>
  )
}
