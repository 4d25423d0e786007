import { Tag } from 'antd'
import { showDate, showDateTime } from '../format/date'
import { showRate } from '../format/rate'
import { useLabels, useWords } from '../i18n/words'
import { RegionName } from '../regions/RegionName'
import { FileLink } from './FileLink'
import { Money } from './Money'
import { Plain } from './Plain'
import { StateTag } from './StateTag'

export interface ValueKind {
  kind: string
  /** Name of the enumeration when the kind is "enum". */
  enum?: string
  /** A yes that somebody should do something about. */
  isWarning?: boolean
}

/** One value shown by its kind; shared by lists, details and small tables. */
export function Value({ kind, enum: enumName = '', isWarning = false, value }: ValueKind & { value: unknown }) {
  if (value == null || value === '') return <>-</>
  switch (kind) {
    case 'money':
      return <Money value={textOf(value)} />
    case 'rate':
      return <>{showRate(textOf(value))}</>
    case 'date':
      return <>{showDate(textOf(value))}</>
    case 'datetime':
      return <>{showDateTime(textOf(value))}</>
    case 'enum':
      return <StateTag name={enumName} value={textOf(value)} />
    case 'bool':
      return <YesNo value={value === true} isWarning={isWarning} />
    case 'region':
      return <RegionName code={textOf(value)} />
    case 'path':
      return <FileLink path={textOf(value)} />
    case 'json':
      return enumName && Array.isArray(value) ? <Members name={enumName} values={value.map(textOf)} /> : <Plain value={value} />
    default:
      return <>{textOf(value)}</>
  }
}

/** Members of an enumeration in words, each once, with how often it is there. */
function Members({ name, values }: { name: string; values: string[] }) {
  const labels = useLabels()
  if (!values.length) return <>-</>
  return [...new Set(values)].map((member) => {
    const times = values.filter((value) => value === member).length
    return <Tag key={member}>{labels.enumText(name, member) + (times > 1 ? ` ×${times}` : '')}</Tag>
  })
}

function YesNo({ value, isWarning }: { value: boolean; isWarning: boolean }) {
  const say = useWords()
  const word = say(value ? 'common.yes' : 'common.no')
  return value && isWarning ? <Tag color="error">{word}</Tag> : <>{word}</>
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
