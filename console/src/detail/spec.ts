import type { ReactNode } from 'react'
import type { FormGroups } from '../form/groups'
import type { WordKey } from '../i18n/words'
import type { Params } from '../ledger/filters'
import type { Groups } from './Sections'

/** What a detail endpoint answers. */
export type Data = Record<string, unknown>

export interface DetailTab {
  key: string
  title: WordKey
  render: (data: Data) => ReactNode
}

/** What a page of its own is made from: the plain facts, a part by its place ("form.customer"), lists and history. */
export interface OnePageGiven {
  overview: ReactNode
  part: (place: string) => ReactNode
  past: ReactNode
}

/** How one kind of thing is shown. Everything not named here comes from the answer's schema. */
export interface DetailSpec {
  /** API path, such as "/dealers/{id}". */
  read: string
  /** Keys that make the title. */
  title: string[]
  /** Keys shown as tags beside the title. */
  states?: string[]
  /** Enumerations of keys that the schema only calls text; "schedule.state" is the key of a list's rows. */
  enums?: Record<string, string>
  /** Facts under headings; what no group names comes first. */
  groups?: Groups
  /** A big part under several headings, by its key. */
  partGroups?: FormGroups
  /** Keys shown large above the facts. */
  figures?: string[]
  /** Columns that are summed up, of each list by its key. */
  sums?: Record<string, string[]>
  /** Keys that are not shown. */
  hidden?: string[]
  /** Keys that are not shown while there is nothing in them. */
  optional?: string[]
  /** Lists and pages about the thing. */
  tabs?: DetailTab[]
  /** Subject type of its timeline, and the key that holds its number. */
  timeline?: { type: string; id: string }
  /** Lists about the thing, each by the filter that names it, or by several; a person sees those that they may open. */
  lists?: { listing: string; by: string | ((data: Data) => Params) }[]
  /** What may be done with one row of a table of the thing. */
  rowActions?: Record<string, (row: Data, data: Data) => ReactNode>
  /** The thing is a version: show what it changed in the one before it; the key holds what is compared. */
  comparedKey?: string
  /** Parts that the overview leaves to the page's own sections. */
  apart?: string[]
  /** Something above the facts: a progress bar, a chart, a warning. */
  top?: (data: Data) => ReactNode
  /** Sections of their own below the facts. */
  below?: (data: Data) => ReactNode
  /** Everything below the head on one page, instead of tabs. */
  onePage?: (data: Data, given: OnePageGiven) => ReactNode
  /** Commands with a form of their own instead of the schema's. */
  forms?: Record<string, (data: Data) => ReactNode>
}
