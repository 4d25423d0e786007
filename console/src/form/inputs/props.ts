/** What the form hands to an input. */
export interface InputProps<T> {
  id?: string
  'aria-label'?: string
  disabled?: boolean
  value?: T | null
  onChange?: (value: T | null) => void
}
