import { Typography } from 'antd'
import { useApiSchemas, type JsonSchema } from '../../api/schemas'
import { Sections } from '../../detail/Sections'
import type { Data } from '../../detail/spec'
import { useLabels } from '../../i18n/words'
import { fieldsOf } from '../../schema/fields'

/** What the maker entered, by the fields of the command's form. */
export function PendingInput({ command, payload }: { command: string; payload: Data }) {
  const labels = useLabels()
  const schemas = useApiSchemas()
  const schema = schemas?.commands[command]?.schema as JsonSchema | undefined
  if (!schema || !schemas) return null
  const given = fieldsOf(schema, schemas.components).filter(({ key }) => payload[key] != null && payload[key] !== '')
  return (
    <>
      <Typography.Title level={5}>{labels.field('payload')}</Typography.Title>
      <Sections fields={given} data={payload} />
    </>
  )
}
