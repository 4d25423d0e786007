// Copies the two Noto Sans SC faces that contract PDFs use, and their licence, to $AXLE_VAR/fonts (var/fonts of the checkout).
import { copyFileSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const source = new URL('../node_modules/@expo-google-fonts/noto-sans-sc/', import.meta.url)
const kept = process.env.AXLE_VAR ?? fileURLToPath(new URL('../../var', import.meta.url))
const target = pathToFileURL(join(kept, 'fonts') + '/')
const files = {
  '400Regular/NotoSansSC_400Regular.ttf': 'NotoSansSC-Regular.ttf',
  '700Bold/NotoSansSC_700Bold.ttf': 'NotoSansSC-Bold.ttf',
  LICENSE_FONT: 'OFL.txt',
}

mkdirSync(target, { recursive: true })
for (const [from, to] of Object.entries(files)) {
  const [original, copy] = [new URL(from, source), new URL(to, target)]
  const isCurrent = existsSync(copy) && statSync(copy).size === statSync(original).size
  if (!isCurrent) copyFileSync(original, copy)
}
console.log(`fonts: ${Object.keys(files).length} files in ${fileURLToPath(target)}`)
