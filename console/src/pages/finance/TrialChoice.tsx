import { DatePicker, Flex, Select, Tag } from 'antd'
import dayjs from 'dayjs'
import { useLabels, useWords } from '../../i18n/words'
import { useLegalEntities, type TrialBalanceAnswer } from './books'

export interface Choice {
  entity: number | null
  /** Months as "2026-11". */
  from: string
  to: string
  level: number
}

interface TrialChoiceProps {
  choice: Choice
  onChange: (next: Choice) => void
  balance: TrialBalanceAnswer | undefined
}

const LEVELS = [1, 2, 3, 4]
const MONTH = 'YYYY-MM'

/** Which company, which months, how deep; and whether the sums agree. */
export function TrialChoice({ choice, onChange, balance }: TrialChoiceProps) {
  const say = useWords()
  const labels = useLabels()
  const { data: entities } = useLegalEntities()
  return (
    <Flex wrap gap="middle" align="center">
      <Select<number>
        style={{ minWidth: 260 }}
        aria-label={labels.field('legal_entity')}
        value={choice.entity}
        onChange={(entity) => onChange({ ...choice, entity })}
        options={(entities ?? []).map(({ id, code, name }) => ({ value: id, label: `${code} ${name}` }))}
      />
      <DatePicker.RangePicker
        picker="month"
        allowClear={false}
        value={[dayjs(choice.from), dayjs(choice.to)]}
        onChange={(months) => {
          const [from, to] = months ?? []
          if (from && to) onChange({ ...choice, from: from.format(MONTH), to: to.format(MONTH) })
        }}
      />
      <Select<number>
        style={{ width: 140 }}
        aria-label={labels.field('level')}
        value={choice.level}
        onChange={(level) => onChange({ ...choice, level })}
        options={LEVELS.map((level) => ({ value: level, label: say('trial.level', { level }) }))}
      />
      {balance && (
        <Tag color={balance.is_balanced ? 'success' : 'error'}>{say(balance.is_balanced ? 'trial.balanced' : 'trial.not_balanced')}</Tag>
      )}
    </Flex>
  )
}
