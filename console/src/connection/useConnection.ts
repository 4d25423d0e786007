import { useSyncExternalStore } from 'react'
import { onReachable } from '../api/transport'

let isServerReachable = true

function subscribe(changed: () => void): () => void {
  const stopListening = onReachable((isReachable) => {
    isServerReachable = isReachable
    changed()
  })
  window.addEventListener('online', changed)
  window.addEventListener('offline', changed)
  return () => {
    stopListening()
    window.removeEventListener('online', changed)
    window.removeEventListener('offline', changed)
  }
}

/** Whether the network is there and the last request reached the server. */
export function useConnection(): boolean {
  return useSyncExternalStore(subscribe, () => navigator.onLine && isServerReachable)
}
