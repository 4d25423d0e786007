import { useQuery } from '@tanstack/react-query'
import { optionOf, rowsOf } from '../form/referenceRows'
import type { Reference } from '../form/references'
import { useLabels } from '../i18n/words'

/** What a row's key stands for, in the words that its choice has in a form; the key itself where the row may not be seen. */
export function ReferenceName({ reference, id }: { reference: Reference; id: number }) {
  const labels = useLabels()
  const query: Record<string, string> = 'path' in reference ? {} : { id: String(id) }
  const { data } = useQuery({
    queryKey: ['reference', 'path' in reference ? reference.path : reference.listing, query],
    queryFn: ({ signal }) => rowsOf(reference, query, signal),
  })
  const found = data?.map((row) => optionOf(reference, row, labels)).find(({ value }) => value === id)
  return <>{found?.label ?? `#${id}`}</>
}
