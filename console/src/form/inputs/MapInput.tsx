import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { AutoComplete, Button, Flex, Input } from 'antd'
import { useState } from 'react'
import { useWords } from '../../i18n/words'
import type { Field } from '../../schema/fields'
import { MoneyInput } from './MoneyInput'
import type { InputProps } from './props'

type Named = Record<string, string>
type Entry = [name: string, value: string | null]

interface MapInputProps extends InputProps<Named> {
  /** What each name holds. */
  entry: Field
  /** Names to offer; others may be typed. */
  names: (string | number)[]
}

/** Values by name: a row for each, with the names that are usual. */
export function MapInput({ id, entry, names, value, onChange }: MapInputProps) {
  const say = useWords()
  const [entries, setEntries] = useState<Entry[]>(() => Object.entries(value ?? {}))
  const change = (next: Entry[]) => {
    setEntries(next)
    onChange?.(Object.fromEntries(next.filter((one): one is [string, string] => one[0] !== '' && one[1] !== null)))
  }
  const set = (place: number, one: Entry) => change(entries.map((before, at) => (at === place ? one : before)))
  const free = names.map(String).filter((name) => !entries.some(([taken]) => taken === name))
  return (
    <Flex id={id} vertical gap={8} role="group">
      {entries.map(([name, held], place) => (
        <Flex key={place} gap={8}>
          <AutoComplete
            style={{ flex: 1 }}
            value={name}
            options={free.map((one) => ({ value: one }))}
            aria-label={say('form.entry_name')}
            onChange={(next: string) => set(place, [next, held])}
          />
          <div style={{ flex: 1 }}>
            {entry.kind === 'money' ? (
              <MoneyInput value={held} onChange={(next) => set(place, [name, next])} />
            ) : (
              <Input value={held ?? ''} aria-label={say('form.entry_value')} onChange={(event) => set(place, [name, event.target.value])} />
            )}
          </div>
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={say('form.remove_item')}
            onClick={() => change(entries.filter((_, at) => at !== place))}
          />
        </Flex>
      ))}
      <Button type="dashed" size="small" icon={<PlusOutlined />} onClick={() => change([...entries, [free[0] ?? '', null]])}>
        {say('form.add_entry')}
      </Button>
    </Flex>
  )
}
