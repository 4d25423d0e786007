import { useQuery } from '@tanstack/react-query'
import { Card, Flex, Input, Table, Tabs, Tag, Typography } from 'antd'
import { useState } from 'react'
import { get } from '../../api/request'
import { useActor } from '../../api/session'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { Value } from '../../components/Value'
import { CommandButton } from '../../form/CommandButton'
import { useLabels, useWords } from '../../i18n/words'
import { Ledger } from '../../ledger/Ledger'
import { shapeOf, shownAs, type Parameter } from './parameter'

/** Every setting of the system with the value in force, by module; each is set from a date on, its history stays. */
export default function Parameters() {
  const say = useWords()
  const { data, error, refetch } = useQuery({ queryKey: ['parameters'], queryFn: () => get<Parameter[]>('/parameters') })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  const history = <Ledger listing="parameter_values" isEmbedded />
  return (
    <Card variant="borderless">
      <Tabs
        items={[
          { key: 'now', label: say('parameters.in_force'), children: <InForce parameters={data} /> },
          { key: 'history', label: say('parameters.history'), children: history },
        ]}
      />
    </Card>
  )
}

function InForce({ parameters }: { parameters: Parameter[] }) {
  const say = useWords()
  const labels = useLabels()
  const [term, setTerm] = useState('')
  const nameOf = ({ code }: Parameter) => labels.enumText('Parameter', code)
  const found = parameters.filter((one) => `${one.code} ${nameOf(one)}`.toLowerCase().includes(term.toLowerCase()))
  const contexts = [...new Set(found.map(({ context }) => context))]
  return (
    <Flex vertical gap="middle">
      <Input.Search allowClear style={{ maxWidth: 320 }} placeholder={say('parameters.search')} onChange={(event) => setTerm(event.target.value)} />
      {contexts.map((context) => (
        <Group key={context} title={labels.enumText('Context', context)} parameters={found.filter((one) => one.context === context)} nameOf={nameOf} />
      ))}
    </Flex>
  )
}

interface GroupProps {
  title: string
  parameters: Parameter[]
  nameOf: (parameter: Parameter) => string
}

function Group({ title, parameters, nameOf }: GroupProps) {
  const say = useWords()
  const labels = useLabels()
  return (
    <Table<Parameter>
      size="small"
      rowKey="code"
      pagination={false}
      tableLayout="fixed"
      title={() => <Typography.Text strong>{title}</Typography.Text>}
      dataSource={parameters}
      columns={[
        {
          title: labels.field('name'),
          width: '34%',
          render: (_, parameter) => (
            <Flex vertical>
              <span>{nameOf(parameter)}</span>
              <Typography.Text type="secondary" style={{ fontSize: 12 }}>
                {parameter.code}
              </Typography.Text>
            </Flex>
          ),
        },
        {
          title: labels.field('value'),
          render: (_, parameter) => (
            <Flex gap="small" align="center" wrap>
              <Value kind={shownAs(parameter)} value={parameter.value} />
              {parameter.upcoming > 0 && <Tag color="processing">{labels.field('upcoming')}</Tag>}
            </Flex>
          ),
        },
        { title: labels.field('default'), render: (_, parameter) => <Value kind={shownAs(parameter)} value={parameter.default} /> },
        { title: say('parameters.range'), render: (_, parameter) => <Range parameter={parameter} /> },
        { title: labels.field('effective_from'), width: 110, render: (_, { effective_from }) => effective_from ?? '-' },
        { title: labels.field('source'), render: (_, { source }) => source || '-' },
        { title: say('ledger.actions'), width: 90, render: (_, parameter) => <SetButton parameter={parameter} /> },
      ]}
    />
  )
}

function Range({ parameter }: { parameter: Parameter }) {
  const { minimum, maximum } = parameter
  if (minimum === null && maximum === null) return <>-</>
  return (
    <>
      <Value kind={shownAs(parameter)} value={minimum} /> ~ <Value kind={shownAs(parameter)} value={maximum} />
    </>
  )
}

function SetButton({ parameter }: { parameter: Parameter }) {
  const say = useWords()
  const { businessDate } = useActor()
  const { code, value } = parameter
  return (
    <CommandButton
      isLink
      command="parameter_set"
      label={say('parameters.set')}
      values={{ code, value, effective_from: businessDate }}
      shapes={{ value: shapeOf(parameter) }}
      only={['value', 'effective_from', 'legal_entity_id', 'note']}
    />
  )
}
