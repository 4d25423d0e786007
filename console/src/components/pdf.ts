import { getDocument, GlobalWorkerOptions, type PDFDocumentLoadingTask, type PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url'

GlobalWorkerOptions.workerSrc = workerUrl

export type PdfFile = PDFDocumentProxy

const asset = (folder: string) => new URL(`pdfjs/${folder}/`, document.baseURI).toString()

/** Open a PDF from our own origin; character maps, fonts and decoders come from there too. */
export function openPdf(given: { url: string } | { data: ArrayBuffer }): PDFDocumentLoadingTask {
  return getDocument({
    ...given,
    cMapUrl: asset('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: asset('standard_fonts'),
    wasmUrl: asset('wasm'),
    iccUrl: asset('iccs'),
    isEvalSupported: false,
  })
}
