type Values = Record<string, unknown>

function isFilled(value: unknown): value is string | number {
  return typeof value === 'number' || (typeof value === 'string' && value !== '')
}

/** "/dealers/{id}" with a row's values; null when one of them is missing. */
export function fillPath(template: string, values: Values): string | null {
  const names = Array.from(template.matchAll(/\{(\w+)\}/g), ([, name = '']) => name)
  if (!names.every((name) => isFilled(values[name]))) return null
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])))
}

/** "/dealers/{id}" as the router writes it: "/dealers/:id". */
export function routerPath(template: string): string {
  return template.replace(/\{(\w+)\}/g, ':$1')
}
