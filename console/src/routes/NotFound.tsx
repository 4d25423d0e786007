import { Button, Result } from 'antd'
import { Link } from 'react-router'
import { useWords } from '../i18n/words'

/** An address that leads nowhere, or to a page that this person may not open. */
export function NotFound() {
  const say = useWords()
  return (
    <Result
      status="404"
      title={say('page.not_found')}
      subTitle={say('page.not_found_hint')}
      extra={
        <Link to="/">
          <Button type="primary">{say('page.to_start')}</Button>
        </Link>
      }
    />
  )
}
