import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Card, Form } from 'antd'
import { useLabels, useWords } from '../i18n/words'
import type { Field } from '../schema/fields'
import { FormFields } from './FormFields'

interface ListFieldsProps {
  field: Field
  path: (string | number)[]
  columns: number
}

/** A list of objects: one frame for each, with add and remove. */
export function ListFields({ field, path, columns }: ListFieldsProps) {
  const labels = useLabels()
  const say = useWords()
  return (
    <Form.List name={path}>
      {(items, { add, remove }, { errors }) => (
        <Card size="small" title={labels.field(field.key)} style={{ marginBottom: 16 }}>
          {items.map((item, index) => (
            <Card
              key={item.key}
              size="small"
              type="inner"
              title={`${index + 1}`}
              style={{ marginBottom: 8 }}
              extra={<Button type="text" icon={<DeleteOutlined />} aria-label={say('form.remove_item')} onClick={() => remove(item.name)} />}
            >
              <FormFields fields={field.item?.fields ?? []} path={[item.name]} columns={columns} />
            </Card>
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
