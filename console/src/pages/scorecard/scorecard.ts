import type { components } from '../../api/schema'

export type ScoreAnswer = components['schemas']['ScoreOut']

export interface Bin {
  lower: number | null
  upper: number | null
  values: string[]
  is_missing: boolean
  is_other: boolean
  good: number
  bad: number
  weight: number
  points: number
}

export interface Characteristic {
  name: string
  zh: string
  en: string
  kind: 'number' | 'category'
  reason_code: string
  coefficient: number
  information: number
  bins: Bin[]
}

export interface Card {
  pdo: number
  base_score: number
  base_odds: number
  characteristics: Characteristic[]
}

interface Separation {
  auc: number
  gini: number
  ks: number
  brier: number
}

export interface Measures extends Separation {
  predicted: number
  observed: number
}

export interface Band {
  from: number | null
  below: number | null
  count: number
  bad: number
  predicted: number | null
  observed: number | null
}

export interface FairnessRow {
  group: string | null
  count: number
  bad_rate: number
  approval_rate: number
  approval_ratio: number | null
  auc: number | null
}

/** What a development found, as the two who sign it have to see it. */
export interface Report {
  sample: Record<string, unknown> & { rows: number; train: number; holdout: number; bad_rate: number; split: string }
  train: Measures
  holdout: Measures
  stability: { score: number; characteristics: Record<string, number> }
  bands: Band[]
  curve: { share: number; bad: number; good: number }[]
  cut: number
  fairness: { column: string; zh: string; en: string; rows: FairnessRow[] }[]
  dropped: { name: string; reason: string; figure: number | null; other: string }[]
  challenger: { library: string; trees: number; train: Separation; holdout: Separation; gains: { name: string; share: number }[] } | null
}

/** A bin in words: a range of numbers, values, missing or unseen. */
export function binText(bin: Bin, words: { missing: string; other: string }): string {
  if (bin.is_missing) return words.missing
  if (bin.values.length || bin.is_other) {
    return [...bin.values, ...(bin.is_other ? [words.other] : [])].join(', ')
  }
  if (bin.lower == null) return bin.upper == null ? '-' : `< ${bin.upper}`
  return bin.upper == null ? `≥ ${bin.lower}` : `${bin.lower} – ${bin.upper}`
}
