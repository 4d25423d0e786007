import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Card, Flex, Form } from 'antd'
import { useLabels, useWords } from '../i18n/words'
import type { Field } from '../schema/fields'
import { FormFields } from './FormFields'

interface ListFieldsProps {
  field: Field
  path: (string | number)[]
  columns: number
}

const IN_ONE_ROW = 4
const LABEL_HEIGHT = 30

/** A list of objects: one row or two for each, with add and remove. */
export function ListFields({ field, path, columns }: ListFieldsProps) {
  const labels = useLabels()
  const say = useWords()
  const fields = field.item?.fields ?? []
  return (
    <Form.List name={path}>
      {(items, { add, remove }, { errors }) => (
        <Card size="small" title={labels.fieldOf(field)} style={{ marginBottom: 16 }} data-list={path.join('.')}>
          {items.map((item, index) => (
            <Flex key={item.key} gap={8} align="start" role="group" aria-label={`${labels.fieldOf(field)} ${index + 1}`}>
              <div style={{ flex: 1, minWidth: 0 }}>
                <FormFields fields={fields} path={[item.name]} columns={Math.max(columns, Math.min(fields.length, IN_ONE_ROW))} />
              </div>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                aria-label={say('form.remove_item')}
                style={{ marginTop: LABEL_HEIGHT }}
                onClick={() => remove(item.name)}
              />
            </Flex>
          ))}
          <Button block type="dashed" icon={<PlusOutlined />} onClick={() => add({})}>
            {say('form.add_item')}
          </Button>
          <Form.ErrorList errors={errors} />
        </Card>
      )}
    </Form.List>
  )
}
