import { Input } from 'antd'
import { useWords } from '../../i18n/words'
import type { InputProps } from './props'

/** An amount typed as text, so that no digit is lost; grouping commas from a spreadsheet are taken out. */
export function MoneyInput({ value, onChange, ...rest }: InputProps<string>) {
  const say = useWords()
  return (
    <Input
      {...rest}
      inputMode="decimal"
      autoComplete="off"
      prefix="¥"
      suffix={say('form.yuan')}
      value={value ?? ''}
      onChange={(event) => onChange?.(event.target.value.replace(/[,\s]/g, ''))}
    />
  )
}
