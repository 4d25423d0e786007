import type { CSSProperties } from 'react'

/**
 * Stands in for Monaco, which the graph editor would fetch from another site: the few places that ask for it get a plain
 * field, and the language of functions, which the server publishes none of, is not loaded.
 */
export enum MarkerSeverity {
  Hint = 1,
  Info = 2,
  Warning = 4,
  Error = 8,
}

interface PlainEditorProps {
  value?: string
  height?: string | number
  options?: { readOnly?: boolean }
  onChange?: (value: string) => void
}

const STYLE: CSSProperties = { width: '100%', minHeight: 120, fontFamily: 'monospace', border: 0, resize: 'none' }

export function Editor({ value = '', height = '100%', options, onChange }: PlainEditorProps) {
  return (
    <textarea
      value={value}
      readOnly={options?.readOnly ?? false}
      spellCheck={false}
      style={{ ...STYLE, height }}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}

export function DiffEditor({ modified = '' }: { modified?: string }) {
  return <Editor value={modified} options={{ readOnly: true }} />
}

export const loader = { config: (): void => undefined, init: (): Promise<null> => Promise.resolve(null) }

export function useMonaco(): null {
  return null
}
