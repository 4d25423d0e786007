import { createContext } from 'react'
import type { WordKey } from '../i18n/words'

/** Some fields of an object, under a title. */
export interface FormGroup {
  title: WordKey
  keys: string[]
}

/** How a page divides the objects of its form, by their key; an object without an entry stays one frame. */
export type FormGroups = Record<string, FormGroup[]>

export const FormGroupsContext = createContext<FormGroups>({})
