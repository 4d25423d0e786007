import { DatePicker } from 'antd-mobile'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useWords } from '../../i18n/words'

interface DateFieldProps {
  value?: string | null
  onChange?: (value: string) => void
}

const EARLIEST = new Date(1990, 0, 1)
const LATEST = new Date(2060, 11, 31)

/** A day kept as "2026-11-22". */
export function DateField({ value, onChange }: DateFieldProps) {
  const say = useWords()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <a onClick={() => setOpen(true)}>{value ?? say('phone.choose_date')}</a>
      <DatePicker
        visible={isOpen}
        min={EARLIEST}
        max={LATEST}
        value={value ? dayjs(value).toDate() : new Date()}
        onClose={() => setOpen(false)}
        onConfirm={(day) => onChange?.(dayjs(day).format('YYYY-MM-DD'))}
      />
    </>
  )
}
