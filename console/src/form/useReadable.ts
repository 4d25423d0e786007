import { useActor } from '../api/session'
import { useApiSchemas } from '../api/schemas'
import type { Reference } from './references'

/** Whether this person may read the list in which a choice is looked up; short lists answer everybody who is asked for them. */
export function useReadable(): (reference: Reference | undefined) => boolean {
  const listings = useApiSchemas()?.listings ?? {}
  const { permissions } = useActor()
  return (reference) => {
    const needed = reference && 'listing' in reference ? listings[reference.listing] : null
    return needed == null || permissions.includes(needed)
  }
}
