import { expect, it } from 'vitest'
import { choicesFound } from './choices'

const GROUPS = [
  { title: '丰田', choices: [{ value: 1, title: '凯美瑞 2025 2.0L' }] },
  { title: '宝马', choices: [{ value: 2, title: '3系 2025 325Li' }, { value: 3, title: '3系 2022 320Li' }] },
]

it.each([
  ['', [1, 2, 3]],
  ['宝马', [2, 3]],
  ['宝马 2025', [2]],
  ['3系325li', []],
  [' 325li ', [2]],
])('"%s" finds %j', (term, values) => {
  expect(choicesFound(GROUPS, term).flatMap(({ choices }) => choices.map(({ value }) => value))).toEqual(values)
})
