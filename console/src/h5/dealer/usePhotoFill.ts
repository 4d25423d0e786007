import { useEffect, useRef } from 'react'
import { ofApplication, usePhotos, valuesRead, type Captured } from '../parts/photos'
import { filledIn, READINGS, type Part, type PartName } from './form'
import type { StepFormInstance } from './step'

const READ = ['recognised', 'needs_review', 'confirmed']

/** The application's photos; what each one says about this part goes into the lines that are still empty, once. */
export function usePhotoFill(part: PartName, form: StepFormInstance, applicationId: number | null) {
  const { data } = usePhotos(applicationId === null ? null : ofApplication(applicationId))
  const used = useRef(new Set<number>())
  useEffect(() => {
    const fresh = (photo: Captured) =>
      READINGS[photo.kind]?.part === part && READ.includes(photo.state) && !used.current.has(photo.id)
    for (const photo of data?.filter(fresh) ?? []) {
      used.current.add(photo.id)
      void fillFrom(photo, form).catch(() => used.current.delete(photo.id))
    }
  }, [data, form, part])
  return (kind: string) => data?.find((photo) => photo.kind === kind)
}

async function fillFrom(photo: Captured, form: StepFormInstance): Promise<void> {
  const read = READINGS[photo.kind]?.fill(await valuesRead(photo)) ?? {}
  form.setFieldsValue(filledIn(form.getFieldsValue() as Part, read))
}
