import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { apiSchemas } from './build/apiSchemas.ts'
import { catalogues } from './build/catalogues.ts'
import { pdfAssets } from './build/pdfAssets.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const openapi = process.env.AXLE_OPENAPI ?? here('../docs/reference/openapi.json')
const server = process.env.AXLE_SERVER ?? 'http://127.0.0.1:8000'

export default defineConfig({
  base: './',
  plugins: [
    react(),
    catalogues(here('..'), openapi),
    apiSchemas(openapi),
    pdfAssets(here('.')),
  ],
  // The graph editor would fetch Monaco from another site.
  resolve: { alias: { '@monaco-editor/react': here('src/pages/decision/plainEditor.tsx'), 'monaco-editor': here('src/pages/decision/plainEditor.tsx') } },
  optimizeDeps: { exclude: ['@gorules/zen-engine-wasm'] },
  server: { proxy: { '/api': server } },
  build: {
    target: ['chrome87', 'safari14'],
    manifest: true,
    chunkSizeWarningLimit: 900,
    rolldownOptions: { input: { console: here('index.html'), h5: here('h5.html') } },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 60_000,
    include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'],
  },
})
