import { Select } from 'antd'
import { useWords } from '../i18n/words'
import type { InputProps } from '../form/inputs/props'
import { useCities } from './useCities'

/** A city, found by its name below its province; its code is what is kept. */
export function RegionSelect({ value, onChange, ...rest }: InputProps<string>) {
  const say = useWords()
  const cities = useCities()
  const options = Object.entries(cities).map(([province, members]) => ({
    label: province,
    options: Object.entries(members).map(([code, name]) => ({ value: code, label: name })),
  }))
  return (
    <Select<string>
      {...rest}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={say('form.search_and_choose')}
      value={value || null}
      onChange={(code: string | undefined) => onChange?.(code ?? '')}
      options={options}
    />
  )
}
