import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './console.css'
import { ErrorBoundary } from './components/ErrorBoundary'
import { OfflineBanner } from './components/OfflineBanner'
import { startWords } from './i18n/setup'
import { newQueryClient } from './queries'
import { renewWhenUpdated } from './renewal'
import { SessionGate } from './session/SessionGate'
import { Theme } from './theme'
import { consoleWords } from './words'

function App() {
  return (
    <StrictMode>
      <QueryClientProvider client={client}>
        <Theme>
          <ErrorBoundary>
            <OfflineBanner />
            <SessionGate />
          </ErrorBoundary>
        </Theme>
      </QueryClientProvider>
    </StrictMode>
  )
}

renewWhenUpdated()
const client = newQueryClient()
const root = createRoot(document.getElementById('root') as HTMLElement)
void startWords(consoleWords).then(() => root.render(<App />))
