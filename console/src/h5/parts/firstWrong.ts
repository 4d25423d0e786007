/** Bring the first line of a form that is wrong into sight, and the cursor into it, once it has been drawn. */
export function showFirstWrong(frame: HTMLElement | null): void {
  requestAnimationFrame(() => {
    const line = frame?.querySelector('.adm-form-item-feedback-error')?.closest('.adm-form-item')
    line?.scrollIntoView({ block: 'center' })
    line?.querySelector<HTMLElement>('input, textarea, [tabindex]')?.focus({ preventScroll: true })
  })
}
