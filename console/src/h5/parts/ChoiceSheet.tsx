import { List, Popup, SearchBar } from 'antd-mobile'
import { useMemo, useState } from 'react'
import { useWords } from '../../i18n/words'
import { choicesFound, type ChoiceGroup } from './choices'

interface ChoiceSheetProps<T> {
  /** What is chosen now, in words; nothing yet when it is undefined. */
  chosen: string | undefined
  /** Stands in the field while nothing is chosen. */
  invitation: string
  groups: ChoiceGroup<T>[]
  onChoose: (value: T) => void
}

/** A field for one of many: a sheet with all of them that is searched by typing. */
export function ChoiceSheet<T extends string | number>({ chosen, invitation, groups, onChoose }: ChoiceSheetProps<T>) {
  const [isOpen, setOpen] = useState(false)
  const choose = (value: T) => {
    onChoose(value)
    setOpen(false)
  }
  return (
    <>
      <a role="button" tabIndex={0} onClick={() => setOpen(true)} onKeyDown={({ key }) => key === 'Enter' && setOpen(true)}>
        {chosen ?? invitation}
      </a>
      <Popup visible={isOpen} onMaskClick={() => setOpen(false)} bodyClassName="phone-sheet" destroyOnClose>
        <Choices groups={groups} onChoose={choose} />
      </Popup>
    </>
  )
}

function Choices<T extends string | number>({ groups, onChoose }: { groups: ChoiceGroup<T>[]; onChoose: (value: T) => void }) {
  const say = useWords()
  const [term, setTerm] = useState('')
  const found = useMemo(() => choicesFound(groups, term), [groups, term])
  return (
    <>
      <SearchBar className="phone-sheet__search" placeholder={say('phone.search')} value={term} onChange={setTerm} />
      {!found.length && <p className="phone-hint">{say('phone.nothing_found')}</p>}
      {found.map(({ title, choices }) => (
        <List key={title} header={title}>
          {choices.map((choice) => (
            <List.Item key={choice.value} description={choice.hint} onClick={() => onChoose(choice.value)}>
              {choice.title}
            </List.Item>
          ))}
        </List>
      ))}
    </>
  )
}
