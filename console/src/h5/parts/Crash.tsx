import { Button, ErrorBlock } from 'antd-mobile'
import { useRouteError } from 'react-router'
import { useWords } from '../../i18n/words'

/** A failing page says so and can be loaded again. */
export function Crash() {
  const say = useWords()
  const error = useRouteError()
  return (
    <ErrorBlock fullPage status="default" title={say('error.crashed')} description={error instanceof Error ? error.message : ''}>
      <Button onClick={() => window.location.reload()}>{say('common.retry')}</Button>
    </ErrorBlock>
  )
}
