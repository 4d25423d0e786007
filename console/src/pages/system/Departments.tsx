import { useQuery } from '@tanstack/react-query'
import { Card, Col, Empty, Flex, Input, Row, Tag, Tree, Typography } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { CommandButton } from '../../form/CommandButton'
import { useWords } from '../../i18n/words'
import { Ledger } from '../../ledger/Ledger'
import { branchesOf, keysAbove, type Branch, type Department } from './departments'

/** The institution as a tree of any depth; the chosen department shows its people and what can be done with it. */
export default function Departments() {
  const { data, error, refetch } = useQuery({
    queryKey: ['departments'],
    queryFn: () => get<Department[]>('/organisation/departments'),
  })
  const [chosenId, choose] = useState<number | null>(null)
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const chosen = data.find(({ id }) => id === chosenId) ?? data[0]
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={9} xl={8}>
        <DepartmentTree departments={data} chosenId={chosen?.id ?? null} onChoose={choose} />
      </Col>
      <Col xs={24} lg={15} xl={16}>
        {chosen ? <DepartmentPeople department={chosen} departments={data} /> : <Empty />}
      </Col>
    </Row>
  )
}

interface TreeProps {
  departments: Department[]
  chosenId: number | null
  onChoose: (id: number) => void
}

function DepartmentTree({ departments, chosenId, onChoose }: TreeProps) {
  const say = useWords()
  const [term, setTerm] = useState('')
  const [opened, setOpened] = useState<number[] | null>(null)
  const found = term ? departments.filter(({ name }) => name.includes(term)).map(({ id }) => id) : []
  const expanded = term ? keysAbove(departments, found) : (opened ?? departments.map(({ id }) => id))
  return (
    <Card variant="borderless" title={say('departments.title')} extra={<CommandButton command="department_create" isPrimary />}>
      <Input.Search allowClear placeholder={say('departments.search')} style={{ marginBottom: 12 }} onChange={(event) => setTerm(event.target.value.trim())} />
      <Tree<Branch>
        blockNode
        showLine
        expandedKeys={expanded}
        onExpand={(keys) => setOpened(keys.map(Number))}
        selectedKeys={chosenId === null ? [] : [chosenId]}
        onSelect={(_, { node }) => onChoose(node.department.id)}
        treeData={branchesOf(departments, null)}
        titleRender={({ department }) => <BranchName department={department} isFound={found.includes(department.id)} />}
      />
    </Card>
  )
}

function BranchName({ department, isFound }: { department: Department; isFound: boolean }) {
  const say = useWords()
  return (
    <Flex justify="space-between" gap="small">
      <Typography.Text delete={!department.is_active} strong={isFound}>
        {department.name}
      </Typography.Text>
      <Typography.Text type="secondary">{say('departments.people', { count: department.employees })}</Typography.Text>
    </Flex>
  )
}

function DepartmentPeople({ department, departments }: { department: Department; departments: Department[] }) {
  const say = useWords()
  const above = keysAbove(departments, [department.id]).map((id) => departments.find((one) => one.id === id)?.name)
  return (
    <Card
      variant="borderless"
      title={
        <Flex gap="small" align="center">
          <span>{[...above, department.name].join(' / ')}</span>
          {!department.is_active && <Tag>{say('departments.closed')}</Tag>}
        </Flex>
      }
      extra={
        <Flex gap="small">
          <CommandButton command="department_update" values={{ ...department }} />
          <CommandButton command="department_create" label={say('departments.add_below')} values={{ parent_id: department.id }} />
        </Flex>
      }
    >
      <Ledger key={department.id} listing="employees" fixed={{ department_id: `${department.id}` }} isEmbedded />
    </Card>
  )
}
