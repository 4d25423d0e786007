import { Typography } from 'antd'
import type { FormGroup, FormGroups } from '../form/groups'
import { useLabels, useWords, type WordKey } from '../i18n/words'
import type { Field } from '../schema/fields'
import { Facts } from './Facts'
import { FactTable } from './FactTable'
import { isFact, isPart, isTable } from './shown'
import type { Data } from './spec'

/** Facts of one heading; what no group names comes first, without a heading. */
export type Groups = Partial<Record<WordKey, string[]>>

interface SectionsProps {
  fields: Field[]
  data: Data
  groups?: Groups
  partGroups?: FormGroups
}

/** Everything about a thing: its plain facts by groups, then each of its parts under a heading of its own. */
export function Sections({ fields, data, groups = {}, partGroups = {} }: SectionsProps) {
  const say = useWords()
  const facts = fields.filter(isFact)
  const grouped = new Set(Object.values(groups).flat())
  const named = Object.entries(groups) as [WordKey, string[]][]
  return (
    <>
      <Facts fields={facts.filter(({ key }) => !grouped.has(key))} data={data} />
      {named.map(([title, keys]) => (
        <Facts key={title} title={say(title)} fields={pick(facts, keys)} data={data} />
      ))}
      {fields.filter((field) => isPart(field) && data[field.key] != null).map((field) => (
        <PartSection key={field.key} field={field} data={data[field.key] as Data} groups={partGroups[field.key]} />
      ))}
    </>
  )
}

interface PartProps {
  field: Field
  data: Data
  /** A big part is told under several headings. */
  groups?: FormGroup[] | undefined
}

/** One part under its heading: its facts, its tables, and its own parts below it. */
export function PartSection({ field, data, groups }: PartProps) {
  const labels = useLabels()
  const say = useWords()
  if (!groups) return <PartContent title={labels.fieldOf(field)} fields={field.fields} data={data} />
  return (
    <>
      {groups.map(({ title, keys }) => (
        <PartContent key={title} title={say(title)} fields={pick(field.fields, keys)} data={data} />
      ))}
    </>
  )
}

/** Fields under a heading: facts, then tables, then parts. */
export function PartContent({ title = '', fields, data }: { title?: string; fields: Field[]; data: Data }) {
  return (
    <>
      <Facts title={title} fields={fields.filter(isFact)} data={data} />
      {fields.filter(isTable).map((table) => (
        <TableSection key={table.key} field={table} rows={(data[table.key] ?? []) as Data[]} />
      ))}
      {fields.filter((part) => isPart(part) && data[part.key] != null).map((part) => (
        <PartSection key={part.key} field={part} data={data[part.key] as Data} />
      ))}
    </>
  )
}

function TableSection({ field, rows }: { field: Field; rows: Data[] }) {
  const labels = useLabels()
  if (!rows.length) return null
  return (
    <div style={{ marginBottom: 16 }}>
      <Typography.Title level={5}>{labels.fieldOf(field)}</Typography.Title>
      <FactTable fields={field.item?.fields ?? []} rows={rows} />
    </div>
  )
}

function pick(fields: Field[], keys: string[]): Field[] {
  return keys.flatMap((key) => fields.find((field) => field.key === key) ?? [])
}
