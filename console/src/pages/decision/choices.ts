import type { Words } from './decision'

const LINE = /^\s*([a-z0-9][\w-]*)\s*=\s*([^|]+?)\s*\|\s*(.+?)\s*$/i

/** The choices of a field, a line each: `value = 中文 | English`. */
export function choicesText(choices: Record<string, Words>): string {
  return Object.entries(choices)
    .map(([value, { zh, en }]) => `${value} = ${zh} | ${en}`)
    .join('\n')
}

/** The choices that lines tell; null when one cannot be read or names a value again. */
export function choicesRead(lines: string): Record<string, Words> | null {
  const read: Record<string, Words> = {}
  for (const line of lines.split('\n').filter((one) => one.trim())) {
    const [, value, zh, en] = LINE.exec(line) ?? []
    if (!value || !zh || !en || value in read) return null
    read[value] = { zh, en }
  }
  return read
}
