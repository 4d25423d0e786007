import { useActor } from '../../api/session'

/** Whether this person sees how a dealer's months were. */
export function useSeesSignals(): boolean {
  return useActor().permissions.includes('channel.dealer_control.view')
}
