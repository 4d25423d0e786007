import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import type { InputProps } from './props'

/** A day kept as "2026-11-22". */
export function DateInput({ value, onChange, ...rest }: InputProps<string>) {
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%' }}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
    />
  )
}

/** A moment kept with its offset. */
export function DateTimeInput({ value, onChange, ...rest }: InputProps<string>) {
  return (
    <DatePicker
      {...rest}
      showTime
      style={{ width: '100%' }}
      value={value ? dayjs(value) : null}
      onChange={(day) => onChange?.(day ? day.format() : null)}
    />
  )
}
