const RENEWED_AT = 'axle.renewed_at'
const ONCE_IN_MS = 60_000

/**
 * Read the page anew when a piece of it is gone, which is so after the server has been updated under an open page. Once
 * a minute at most, so that a broken build is shown as one.
 */
export function renewWhenUpdated(reload: () => void = () => window.location.reload()): void {
  window.addEventListener('vite:preloadError', (event) => {
    if (Date.now() - Number(sessionStorage.getItem(RENEWED_AT)) < ONCE_IN_MS) return
    sessionStorage.setItem(RENEWED_AT, String(Date.now()))
    event.preventDefault()
    reload()
  })
}
