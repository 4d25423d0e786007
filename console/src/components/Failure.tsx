import { Button, Result } from 'antd'
import { ApiError } from '../api/error'
import { errorText, useWords } from '../i18n/words'

const PICTURES: Record<number, '403' | '404'> = { 403: '403', 404: '404' }

/** Why something could not be read, and a way on. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const say = useWords()
  const status = error instanceof ApiError ? PICTURES[error.status] : undefined
  return (
    <Result
      status={status ?? 'warning'}
      title={errorText(error, say)}
      extra={onRetry && <Button onClick={onRetry}>{say('common.retry')}</Button>}
    />
  )
}
