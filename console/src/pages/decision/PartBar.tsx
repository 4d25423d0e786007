import { Button, Flex, Form, Input, Modal, Segmented } from 'antd'
import { useState } from 'react'
import { useWords } from '../../i18n/words'
import { type Graph, isCalled, newPart, partsOf, withPart } from './decision'

/** The main graph, or a sub-decision of it by its key. */
export type Part = string | null

const KEY = /^[a-z][a-z0-9_]{0,39}$/
const MAIN = '$'

interface PartBarProps {
  graph: Graph
  part: Part
  onShow: (part: Part) => void
  onChange: (graph: Graph) => void
}

/** Which graph of a version is drawn; sub-decisions come and go here. */
export function PartBar({ graph, part, onShow, onChange }: PartBarProps) {
  const say = useWords()
  const [isOpen, setOpen] = useState(false)
  const [form] = Form.useForm<{ key: string }>()
  const keys = Object.keys(partsOf(graph))
  const add = ({ key }: { key: string }) => {
    onChange(withPart(graph, key, newPart()))
    onShow(key)
    setOpen(false)
  }
  const remove = (key: string) => {
    onShow(null)
    onChange(withPart(graph, key, null))
  }
  return (
    <Flex gap="small" align="center" wrap style={{ marginBottom: 8 }}>
      <Segmented<string>
        value={part ?? MAIN}
        options={[{ value: MAIN, label: say('strategy.main_graph') }, ...keys]}
        onChange={(shown) => onShow(shown === MAIN ? null : shown)}
      />
      <Button size="small" onClick={() => setOpen(true)}>
        {say('strategy.add_part')}
      </Button>
      {part !== null && (
        <Button size="small" danger disabled={isCalled(graph, part)} onClick={() => remove(part)}>
          {say('strategy.remove_part')}
        </Button>
      )}
      <Modal open={isOpen} title={say('strategy.add_part')} onCancel={() => setOpen(false)} onOk={() => form.submit()} destroyOnHidden>
        <Form form={form} layout="vertical" preserve={false} onFinish={add}>
          <Form.Item
            name="key"
            label={say('strategy.part_key')}
            extra={say('strategy.part_hint')}
            rules={[
              { required: true, pattern: KEY, message: say('strategy.part_form') },
              { validator: (_, key: string) => (keys.includes(key) ? Promise.reject(new Error(say('strategy.code_taken'))) : Promise.resolve()) },
            ]}
          >
            <Input />
          </Form.Item>
        </Form>
      </Modal>
    </Flex>
  )
}
