import { Alert } from 'antd'
import { useConnection } from '../connection/useConnection'
import { useWords } from '../i18n/words'

/** Told at the top of every page while the server cannot be reached. */
export function OfflineBanner() {
  const say = useWords()
  if (useConnection()) return null
  return <Alert banner type="warning" title={say('connection.lost')} />
}
