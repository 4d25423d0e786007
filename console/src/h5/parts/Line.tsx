import type { ReactNode } from 'react'

/** A labelled input of a page that is too small for a form library. */
export function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <label className="phone-line">
      <span>{label}</span>
      {children}
    </label>
  )
}
