// Fails when the first load of an entry, gzipped, is over its budget. Run after "npm run build".
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf-8'))

/** Entry, what its first page loads besides the entry, and the most kilobytes that may travel. */
const budgets = [
  { page: 'phone, sign-in', entry: 'h5.html', lazily: ['src/h5/me/CustomerSignIn.tsx', 'shared/zh-CN.json', 'phone/zh-CN.json'], limit: 170 },
  { page: 'console, sign-in', entry: 'index.html', lazily: ['shared/zh-CN.json', 'console/zh-CN.json'], limit: 400 },
  { page: 'console, strategy editor', entry: 'pages/decision/GraphEditor.tsx', lazily: [], limit: 1450 },
]

const gzipped = (file) => gzipSync(readFileSync(new URL(file, dist))).length

function find(name) {
  const key = Object.keys(manifest).find((candidate) => candidate.endsWith(name))
  if (!key) throw new Error(`budget: the build has no ${name}`)
  return key
}

function filesOf(key, seen = new Set()) {
  const chunk = manifest[key]
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  chunk.css?.forEach((file) => seen.add(file))
  chunk.imports?.forEach((imported) => filesOf(imported, seen))
  return seen
}

for (const { page, entry, lazily, limit } of budgets) {
  const files = new Set([entry, ...lazily].flatMap((name) => [...filesOf(find(name))]))
  const kilobytes = [...files].reduce((sum, file) => sum + gzipped(file), 0) / 1024
  const verdict = kilobytes <= limit ? 'ok' : 'OVER BUDGET'
  console.log(`${page}: ${kilobytes.toFixed(1)} KB gz of ${limit} (${verdict})`)
  if (kilobytes > limit) process.exitCode = 1
}
