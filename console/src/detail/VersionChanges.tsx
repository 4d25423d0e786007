import { useQuery } from '@tanstack/react-query'
import { Empty, Table } from 'antd'
import type { components } from '../api/schema'
import { get } from '../api/request'
import { Failure } from '../components/Failure'
import { Loading } from '../components/Loading'
import { Plain } from '../components/Plain'
import { useLabels, useWords, type Labels } from '../i18n/words'
import type { Field } from '../schema/fields'
import { FactValue } from './Facts'

type Diff = components['schemas']['VersionDiffOut']
type Change = Diff['changes'][number]

interface VersionChangesProps {
  /** API path of the version, such as "/product-versions/3". */
  path: string
  /** The fields of what is compared, so that amounts, rates and choices are shown as such. */
  fields?: Field[]
  /** Another version than the one before it. */
  against?: number
  /** A part that is told elsewhere. */
  without?: string
}

/** What a version changed in the one before it. */
export function VersionChanges({ path, fields = [], against, without }: VersionChangesProps) {
  const say = useWords()
  const labels = useLabels()
  const { data, error } = useQuery({
    queryKey: ['version-changes', path, against],
    queryFn: () => get<Diff>(`${path}/diff`, { against }),
  })
  if (error) return <Failure error={error} />
  if (!data) return <Loading />
  if (data.against_no === null) return <Empty description={say('detail.first_version')} />
  const changes = data.changes.filter(({ path: place }) => place[0] !== without)
  if (!changes.length) return <Empty description={say('detail.no_changes', { no: data.against_no })} />
  return (
    <Table<Change>
      size="small"
      rowKey={({ path: place }) => place.join('.')}
      dataSource={changes}
      pagination={false}
      columns={[
        { title: say('detail.place'), render: (_, change) => placeName(change.path, labels) },
        { title: say('detail.before', { no: data.against_no }), render: (_, change) => <Side fields={fields} place={change.path} value={change.before} /> },
        { title: say('detail.after'), render: (_, change) => <Side fields={fields} place={change.path} value={change.after} /> },
      ]}
    />
  )
}

/** "利率 / 最低" of ["rate", "minimum"]; the name of a listed thing stays as it is. */
function placeName(path: string[], labels: Labels): string {
  return path.map((key) => labels.field(key)).join(' / ')
}

function Side({ fields, place, value }: { fields: Field[]; place: string[]; value: unknown }) {
  const field = fieldAt(fields, place)
  return field && !field.fields.length && !field.item?.fields.length ? <FactValue field={field} value={value} /> : <Plain value={value} />
}

/** The field at a place; the name or position of a listed thing is passed over. */
export function fieldAt(fields: Field[], [key, ...rest]: string[]): Field | undefined {
  const field = fields.find((one) => one.key === key)
  if (!field || !rest.length) return field
  return field.item ? fieldAt(field.item.fields, rest.slice(1)) : fieldAt(field.fields, rest)
}
