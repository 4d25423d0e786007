import { Button } from 'antd'
import { Link } from 'react-router'
import { useWords, type WordKey } from '../i18n/words'

/** To a page where a thing is edited. */
export function EditorLink({ to, word }: { to: string; word: WordKey }) {
  const say = useWords()
  return (
    <Link to={to}>
      <Button>{say(word)}</Button>
    </Link>
  )
}
