import { post } from './request'

export interface StoredFile {
  file_id: number
  content_type: string
  size: number
  sha256: string
}

/** Keep a file on the server; a command then names it by its id. */
export async function fileUpload(file: File): Promise<StoredFile> {
  const form = new FormData()
  form.append('file', file)
  return (await post<StoredFile>('/files', form)).data
}
