import { Input } from 'antd'
import { useState } from 'react'
import type { InputProps } from './props'

function read(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function write(value: unknown): string {
  if (value == null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** A value of any JSON type: what reads as JSON is JSON, the rest is text. */
export function AnyInput({ value, onChange, ...rest }: InputProps<unknown>) {
  const [text, setText] = useState(() => write(value))
  const type = (next: string) => {
    setText(next)
    onChange?.(next === '' ? null : read(next))
  }
  return <Input.TextArea {...rest} autoSize={{ minRows: 1, maxRows: 16 }} value={text} onChange={(event) => type(event.target.value)} />
}
