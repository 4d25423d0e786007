import { useQuery } from '@tanstack/react-query'
import { commandRun } from '../../api/commands'
import { fileUpload } from '../../api/files'
import { get } from '../../api/request'

export interface Captured {
  id: number
  kind: string
  state: string
  fields: { name: string; value: string; is_valid: boolean; confirmed: string | null }[]
}

const LONGEST_SIDE = 2000
const QUALITY = 0.86
const POLL_MS = 1500

/** What photos are about. */
export interface Subject {
  subject_type: 'application' | 'inspection'
  subject_id: number
}

export const ofApplication = (id: number): Subject => ({ subject_type: 'application', subject_id: id })

/** The photos of something, read again while one of them is still being recognised. */
export function usePhotos(subject: Subject | null) {
  return useQuery({
    queryKey: ['photos', subject?.subject_type, subject?.subject_id],
    queryFn: () => get<Captured[]>('/captured-documents', { subject_type: subject?.subject_type ?? '', subject_id: subject?.subject_id ?? 0 }),
    enabled: subject !== null,
    refetchInterval: ({ state }) => (state.data?.some((photo) => photo.state === 'queued') ? POLL_MS : false),
  })
}

/** Keep a photo and hand it to recognition. */
export async function photoAdd(subject: Subject, kind: string, photo: File): Promise<void> {
  const { file_id } = await fileUpload(await shrunk(photo))
  await commandRun('captured_document_add', { ...subject, kind, file_id })
}

/** A phone's picture small enough to travel, big enough to read; what cannot be drawn is sent as it is. */
async function shrunk(photo: File): Promise<File> {
  const picture = await createImageBitmap(photo).catch(() => null)
  if (!picture) return photo
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY))
  return blob ? new File([blob], 'photo.jpg', { type: 'image/jpeg' }) : photo
}

/** What recognition read, in full; fields that fail their own check are left to the person. */
export async function valuesRead(photo: Captured): Promise<Record<string, string>> {
  const { fields } = await get<Captured>(`/captured-documents/${photo.id}/private`)
  const right = fields.filter((field) => field.is_valid || field.confirmed !== null)
  return Object.fromEntries(right.map((field) => [field.name, field.confirmed ?? field.value]))
}
