import { cpSync, createReadStream, existsSync } from 'node:fs'
import { join, normalize } from 'node:path'
import type { Plugin } from 'vite'

const FOLDERS = ['cmaps', 'standard_fonts', 'wasm', 'iccs']

/** Character maps, fonts and decoders that pdf.js fetches while it draws: `pdfjs/…` beside the page, in dev and in dist. */
export function pdfAssets(root: string): Plugin {
  const source = join(root, 'node_modules', 'pdfjs-dist')
  let outDir = ''
  return {
    name: 'axle-pdf-assets',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir)
    },
    configureServer(server) {
      server.middlewares.use('/pdfjs', (request, response, next) => {
        const path = normalize(join(source, (request.url ?? '').split('?')[0] ?? ''))
        if (!FOLDERS.some((folder) => path.startsWith(join(source, folder))) || !existsSync(path)) { next(); return; }
        createReadStream(path).pipe(response)
      })
    },
    writeBundle() {
      for (const folder of FOLDERS) cpSync(join(source, folder), join(outDir, 'pdfjs', folder), { recursive: true })
    },
  }
}
