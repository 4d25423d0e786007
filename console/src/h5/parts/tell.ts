const SHOWN_MS = 4000

/** A short message over the page; our own, because the library's brings an animation library to the first page. */
export function tell(text: string): void {
  const note = document.createElement('div')
  note.className = 'phone-note'
  note.setAttribute('role', 'alert')
  note.textContent = text
  document.body.append(note)
  setTimeout(() => note.remove(), SHOWN_MS)
}
