import { useQuery } from '@tanstack/react-query'
import { Card, Flex, Tabs, Typography } from 'antd'
import type { ReactNode } from 'react'
import { get } from '../api/request'
import { useActor } from '../api/session'
import { useApiSchemas, type ApiSchemas, type JsonSchema } from '../api/schemas'
import { Failure } from '../components/Failure'
import { Loading } from '../components/Loading'
import { StateTag } from '../components/StateTag'
import { useLabels, useWords, type Labels, type Say } from '../i18n/words'
import { Ledger } from '../ledger/Ledger'
import { fillPath } from '../routes/path'
import { fieldsOf, type Field } from '../schema/fields'
import { ActionsBar } from './ActionsBar'
import { FactTable } from './FactTable'
import { Figures } from './Figures'
import { HistoryView } from './HistoryView'
import { PartSection, Sections } from './Sections'
import { isForPeople, isTable, partAt } from './shown'
import type { Data, DetailSpec } from './spec'
import { TimelineView } from './TimelineView'
import { VersionChanges } from './VersionChanges'

interface DetailProps {
  spec: DetailSpec
  /** The values that the path names. */
  params: Record<string, string | undefined>
}

/** One thing: its state, what can be done next, its facts, lists about it, its timeline. */
export function Detail({ spec, params }: DetailProps) {
  const schemas = useApiSchemas()
  const path = fillPath(spec.read, params)
  const { data, error, refetch } = useQuery({
    queryKey: ['detail', path],
    queryFn: ({ signal }) => get<Data>(path ?? '', undefined, signal),
    enabled: path !== null,
    refetchOnMount: 'always', // whoever opens a page sees what others have done meanwhile
  })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data || !schemas) return <Loading />
  return <DetailBody spec={spec} path={path ?? ''} data={data} fields={detailFields(spec, schemas)} />
}

function DetailBody({ spec, path, data, fields }: { spec: DetailSpec; path: string; data: Data; fields: Field[] }) {
  const labels = useLabels()
  const say = useWords()
  const states = fields.filter((field) => spec.states?.includes(field.key))
  const lists = useListTabs(spec, data)
  const past = pastTabs(spec, path, fields, useHasHistory(spec), say)
  return (
    <Flex vertical gap="middle">
      <Card variant="borderless">
        <Flex justify="space-between" align="center" wrap gap="middle">
          <Flex gap="small" align="center" wrap>
            <Typography.Title level={4} style={{ margin: 0 }}>
              {spec.title.map((key) => titleWord(key, fields, data, labels)).filter(Boolean).join(' ')}
            </Typography.Title>
            {states.map((field) => (
              <StateTag key={field.key} name={field.enumName} value={data[field.key] as string | null} />
            ))}
          </Flex>
          <ActionsBar spec={spec} data={data} />
        </Flex>
        <Figures fields={pick(fields, spec.figures ?? [])} data={data} />
        {spec.top?.(data)}
      </Card>
      {spec.onePage?.(data, {
        overview: overviewTab(spec, fields, data, say).children,
        part: (place) => partOf(place, fields, data),
        past: <TabsOrOne items={[...tableTabs(spec, fields, data, labels), ...lists, ...past]} />,
      }) ?? (
        <Card variant="borderless">
          <TabsOrOne
            items={[
              overviewTab(spec, fields, data, say),
              ...tableTabs(spec, fields, data, labels),
              ...lists,
              ...ownTabs(spec, data, say),
              ...past,
            ]}
          />
        </Card>
      )}
      {spec.below?.(data)}
    </Flex>
  )
}

/** A part of the title: a word for a code, text as it is. */
function titleWord(key: string, fields: Field[], data: Data, labels: Labels): string | null {
  const field = fields.find((one) => one.key === key)
  const value = data[key] as string | null
  return value && field?.enumName ? labels.enumText(field.enumName, value) : value
}

/** A single tab needs no tab bar. */
function TabsOrOne({ items }: { items: { key: string; label: string; children: ReactNode }[] }) {
  return items.length > 1 ? <Tabs items={items} /> : <>{items[0]?.children}</>
}

/** The answer's fields as its schema gives them, with the enumerations that the page adds. */
export function detailFields(spec: DetailSpec, schemas: ApiSchemas): Field[] {
  const schema = schemas.details[spec.read]?.schema as JsonSchema | undefined
  const skipped = new Set(spec.hidden ?? [])
  return fieldsOf(schema ?? {}, schemas.components)
    .filter((field) => !skipped.has(field.key) && isForPeople(field))
    .map((field) => withEnums(field, field.key, spec.enums ?? {}))
}

function withEnums(field: Field, path: string, enums: Record<string, string>): Field {
  const enumName = enums[path]
  if (enumName) return field.item ? { ...field, item: { ...field.item, kind: 'enum', enumName } } : { ...field, kind: 'enum', enumName }
  const inside = (fields: Field[]) => fields.map((one) => withEnums(one, `${path}.${one.key}`, enums))
  return { ...field, fields: inside(field.fields), item: field.item && { ...field.item, fields: inside(field.item.fields) } }
}

function pick(fields: Field[], keys: string[]): Field[] {
  return keys.flatMap((key) => fields.find((field) => field.key === key) ?? [])
}

function overviewTab(spec: DetailSpec, fields: Field[], data: Data, say: Say) {
  const shownAbove = [...(spec.states ?? []), ...(spec.figures ?? [])]
  const absent = (spec.optional ?? []).filter((key) => isNothing(data[key]))
  const left = new Set([...shownAbove, ...(spec.apart ?? []), ...absent])
  const facts = fields.filter((field) => !isTable(field) && !left.has(field.key))
  const children = <Sections fields={facts} data={data} groups={spec.groups ?? {}} partGroups={spec.partGroups ?? {}} />
  return { key: 'overview', label: say('detail.overview'), children }
}

function partOf(place: string, fields: Field[], data: Data): ReactNode {
  const found = partAt(place, fields, data)
  return found ? <PartSection {...found} /> : null
}

function tableTabs(spec: DetailSpec, fields: Field[], data: Data, labels: Labels) {
  const isShown = ({ key }: Field) => !(spec.optional?.includes(key) && isNothing(data[key]))
  return fields.filter((field) => isTable(field) && isShown(field)).map((field) => {
    const rows = (data[field.key] ?? []) as Data[]
    const actions = spec.rowActions?.[field.key]
    return {
      key: field.key,
      label: `${labels.fieldOf(field)} ${rows.length ? `(${rows.length})` : ''}`,
      children: (
        <FactTable
          fields={field.item?.fields ?? []}
          rows={rows}
          sums={spec.sums?.[field.key] ?? []}
          {...(actions ? { actions: (row: Data) => actions(row, data) } : {})}
        />
      ),
    }
  })
}

/** Lists of other things about this one, as far as this person may see them. */
function useListTabs(spec: DetailSpec, data: Data) {
  const labels = useLabels()
  const offered = useApiSchemas()?.listings ?? {}
  const { permissions } = useActor()
  return (spec.lists ?? [])
    .filter(({ listing }) => listing in offered && (offered[listing] === null || permissions.includes(offered[listing] ?? '')))
    .map(({ listing, by }) => ({
      key: listing,
      label: labels.listing(listing),
      children: <Ledger listing={listing} fixed={typeof by === 'function' ? by(data) : { [by]: String(data.id) }} isEmbedded />,
    }))
}

function ownTabs(spec: DetailSpec, data: Data, say: Say) {
  const tabs = (spec.tabs ?? []).map((tab) => ({ key: tab.key, label: say(tab.title), children: tab.render(data) }))
  if (!spec.timeline) return tabs
  const subject = `${spec.timeline.type}:${String(data[spec.timeline.id])}`
  return [...tabs, { key: 'timeline', label: say('detail.timeline'), children: <TimelineView subject={subject} /> }]
}

/** Whether the server keeps the thing's history at its own path, for this person. */
function useHasHistory(spec: DetailSpec): boolean {
  const { permissions } = useActor()
  const offered = useApiSchemas()?.details[`${spec.read.replace(/\{\w+\}/, '{thing_id}')}/history`]
  return offered !== undefined && (offered.permission === null || permissions.includes(offered.permission))
}

/** What was done to the thing, and what a version changed. */
function pastTabs(spec: DetailSpec, path: string, fields: Field[], hasHistory: boolean, say: Say) {
  const compared = fields.find(({ key }) => key === spec.comparedKey)
  return [
    ...(spec.comparedKey
      ? [{ key: 'changes', label: say('detail.changes'), children: <VersionChanges path={path} fields={compared?.fields ?? []} /> }]
      : []),
    ...(hasHistory ? [{ key: 'history', label: say('detail.history'), children: <HistoryView path={path} /> }] : []),
  ]
}

function isNothing(value: unknown): boolean {
  return value == null || value === '' || (Array.isArray(value) && !value.length)
}
