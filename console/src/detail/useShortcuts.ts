import { useEffect, useRef, type RefObject } from 'react'

/** A place to type in: there a letter is a letter. */
const TYPING = 'input, textarea, select, [contenteditable="true"]'
const WINDOW = '.ant-modal-wrap:not([style*="display: none"])'

/**
 * Letters and digits as commands while nobody types and no window is open. A key that `acts` does not name presses the
 * button that bears it in `data-shortcut`, so that what can be done by hand can be done by key, and nothing else.
 */
export function useShortcuts(frame: RefObject<HTMLElement | null>, acts: Record<string, () => void>) {
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      if (event.target instanceof Element && event.target.closest(TYPING)) return
      if (document.querySelector(WINDOW)) return
      const key = event.key.toLowerCase()
      const act = latest.current[key]
      const button = /^[a-z0-9]$/.test(key) ? frame.current?.querySelector<HTMLElement>(`[data-shortcut="${key}"]`) : null
      if (act) act()
      else if (button) (button.matches('button') ? button : button.querySelector('button'))?.click()
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [frame])
}
