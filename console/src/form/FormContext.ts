import { createContext, use } from 'react'
import type { Field } from '../schema/fields'

/** What the inputs of a form know of it: its command, and what a page says about some of its fields. */
export interface FormFacts {
  command: string
  /** Kinds that the schema leaves open, such as a parameter's value. */
  shapes: Record<string, Partial<Field>>
}

export const FormContext = createContext<FormFacts>({ command: '', shapes: {} })

export function useFormFacts(): FormFacts {
  return use(FormContext)
}
