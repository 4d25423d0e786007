import { expect, it, vi } from 'vitest'
import { renewWhenUpdated } from './renewal'

it('reads the page anew when a piece of it is gone, but not again and again', () => {
  const reload = vi.fn()
  renewWhenUpdated(reload)
  const first = new Event('vite:preloadError', { cancelable: true })
  window.dispatchEvent(first)
  expect(reload).toHaveBeenCalledTimes(1)
  expect(first.defaultPrevented).toBe(true)
  const second = new Event('vite:preloadError', { cancelable: true })
  window.dispatchEvent(second)
  expect(reload).toHaveBeenCalledTimes(1)
  expect(second.defaultPrevented).toBe(false)
})
