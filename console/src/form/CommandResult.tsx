import { Alert, Flex, Typography } from 'antd'
import { useApiSchemas, type JsonSchema } from '../api/schemas'
import { PartContent } from '../detail/Sections'
import { useWords } from '../i18n/words'
import { fieldsOf } from '../schema/fields'

/** What came of a command, read by the schema of its answer. A secret is shown this once, to be copied. */
export function CommandResult({ command, result }: { command: string; result: Record<string, unknown> }) {
  const say = useWords()
  const schemas = useApiSchemas()
  const schema = schemas?.commands[command]?.result as JsonSchema | undefined
  if (!schema || !schemas) return null
  if (typeof result.token === 'string') {
    return (
      <Flex vertical gap="middle">
        <Alert type="warning" showIcon title={say('form.shown_once')} />
        <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
          {result.token}
        </Typography.Text>
      </Flex>
    )
  }
  return <PartContent title="" fields={fieldsOf(schema, schemas.components)} data={result} />
}
