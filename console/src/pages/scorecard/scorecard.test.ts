import { expect, it } from 'vitest'
import { binText, type Bin } from './scorecard'

const BIN: Bin = { lower: null, upper: null, values: [], is_missing: false, is_other: false, good: 1, bad: 1, weight: 0, points: 0 }
const WORDS = { missing: 'missing', other: 'others' }

it.each([
  [{ is_missing: true }, 'missing'],
  [{ upper: 0 }, '< 0'],
  [{ lower: 0, upper: 5 }, '0 – 5'],
  [{ lower: 5 }, '≥ 5'],
  [{ values: ['A', 'B'], is_other: true }, 'A, B, others'],
])('tells what falls into a bin', (change, told) => {
  expect(binText({ ...BIN, ...change }, WORDS)).toBe(told)
})
