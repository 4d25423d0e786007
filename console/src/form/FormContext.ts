import { createContext, use } from 'react'
import type { Field } from '../schema/fields'
import type { Values } from './values'

/** What the inputs of a form know of it: its command, and what a page says about some of its fields. */
export interface FormFacts {
  command: string
  /** What is settled before anybody types: which thing the command is about. */
  thing: Values
  /** Kinds that the schema leaves open, such as a parameter's value. */
  shapes: Record<string, Partial<Field>>
}

export const FormContext = createContext<FormFacts>({ command: '', thing: {}, shapes: {} })

export function useFormFacts(): FormFacts {
  return use(FormContext)
}
