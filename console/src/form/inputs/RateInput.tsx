import { Input } from 'antd'
import { useState } from 'react'
import { fractionOfPercent, percentOfFraction } from '../../format/rate'
import type { InputProps } from './props'

/** A rate typed in percent and kept as the annual fraction. */
export function RateInput({ value, onChange, ...rest }: InputProps<string>) {
  const [typed, setTyped] = useState({ text: '', fraction: '' })
  const text = value && value === typed.fraction ? typed.text : percentOfFraction(value ?? '')
  const type = (next: string) => {
    const fraction = fractionOfPercent(next.trim())
    setTyped({ text: next, fraction })
    onChange?.(fraction)
  }
  return <Input {...rest} inputMode="decimal" autoComplete="off" suffix="%" value={text} onChange={(event) => type(event.target.value)} />
}
