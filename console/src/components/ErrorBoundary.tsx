import { Button, Result, Typography } from 'antd'
import { Component, type ReactNode } from 'react'
import { useWords } from '../i18n/words'

interface State {
  error: Error | null
}

/** Keeps a failing page from taking the rest of the console with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return <Crashed error={error} onRetry={() => this.setState({ error: null })} />
  }
}

function Crashed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const say = useWords()
  return (
    <Result
      status="error"
      title={say('error.crashed')}
      subTitle={say('error.crashed_hint')}
      extra={<Button onClick={onRetry}>{say('common.retry')}</Button>}
    >
      <Typography.Text code copyable>
        {`${error.name}: ${error.message} @ ${window.location.hash}`}
      </Typography.Text>
    </Result>
  )
}
