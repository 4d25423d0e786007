import dayjs from 'dayjs'

/** A date or a time as the institution writes it; empty for nothing. */
export function showDate(text: string | null | undefined): string {
  return text ? dayjs(text).format('YYYY-MM-DD') : ''
}

export function showDateTime(text: string | null | undefined): string {
  return text ? dayjs(text).format('YYYY-MM-DD HH:mm') : ''
}
