import { Button, ErrorBlock } from 'antd-mobile'
import { errorText, useWords } from '../../i18n/words'

/** Why something could not be read, and a way on. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const say = useWords()
  return (
    <ErrorBlock status="default" title={errorText(error, say)} description="">
      {onRetry && <Button onClick={onRetry}>{say('common.retry')}</Button>}
    </ErrorBlock>
  )
}
