import { useState, useSyncExternalStore } from 'react'

const NARROW = '(max-width: 767px)'

interface Fold {
  isFolded: boolean
  setFolded: (isFolded: boolean) => void
}

/**
 * Whether the side menu is folded away: beside the page as the person left it, over the page of a narrow window until
 * it is called. The layout folds it when a window becomes narrow (also for a moment, while it is printed) and never
 * opens it again, so the two are kept apart.
 */
export function useFold(): Fold {
  const [isBesideFolded, foldBeside] = useState(false)
  const [isOverFolded, foldOver] = useState(true)
  const isOver = useSyncExternalStore(onWidth, isNarrow)
  return {
    isFolded: isOver ? isOverFolded : isBesideFolded,
    setFolded: (isFolded) => (isNarrow() ? foldOver : foldBeside)(isFolded),
  }
}

function isNarrow(): boolean {
  return window.matchMedia(NARROW).matches
}

function onWidth(changed: () => void): () => void {
  const query = window.matchMedia(NARROW)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}
