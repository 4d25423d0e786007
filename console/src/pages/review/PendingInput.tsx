import { Typography } from 'antd'
import { useApiSchemas, type JsonSchema } from '../../api/schemas'
import { Facts } from '../../detail/Facts'
import { PartContent } from '../../detail/Sections'
import { isPart, isTable } from '../../detail/shown'
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
  const plain = given.filter((field) => !isTable(field) && !isPart(field)) // what a key names was chosen by the maker
  return (
    <>
      <Typography.Title level={5}>{labels.field('payload')}</Typography.Title>
      <Facts fields={plain} data={payload} />
      <PartContent fields={given.filter((field) => !plain.includes(field))} data={payload} />
    </>
  )
}
