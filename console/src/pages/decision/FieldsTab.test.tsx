import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { renderPage } from '../../testing/render'
import { choicesRead, choicesText } from './choices'
import type { StrategyContent } from './decision'
import { FieldsTab } from './FieldsTab'

const BEFORE: StrategyContent = {
  graph: {},
  rules: [],
  cases: [],
  input_contract: {
    inputs: [
      { name: 'amount_fen', type: 'money', minimum: '1', maximum: '100', words: { zh: '金额', en: 'Amount' } },
      { name: 'asked', type: 'list', words: { zh: '已问', en: 'Asked' }, ...{ max_items: 3 } },
    ],
    policy: [{ name: 'age_min', type: 'integer', minimum: '0', maximum: '99', words: { zh: '最低年龄', en: 'Least age' } }],
    results: [],
  },
  policy: { scenarios: [{ code: 'truck', name: { zh: '货车', en: 'Truck' } }], values: [{ parameter: 'age_min', value: 18 }] },
}

function Kept({ onKept }: { onKept: (content: StrategyContent) => void }) {
  const [content, setContent] = useState(BEFORE)
  const change = (part: Partial<StrategyContent>) => {
    const next = { ...content, ...part }
    setContent(next)
    onKept(next)
  }
  return <FieldsTab content={content} onChange={change} />
}

function open() {
  const kept = vi.fn<(content: StrategyContent) => void>()
  renderPage(<Kept onKept={kept} />, { at: '/' })
  return () => kept.mock.lastCall?.[0] ?? BEFORE
}

const type = (label: string, value: string) => fireEvent.change(within(screen.getByRole('dialog')).getByLabelText(label), { target: { value } })
const keep = () => fireEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: /OK|确\s*定/ }))

it('adds an input with its bounds, and refuses a name that is taken', async () => {
  const kept = open()
  fireEvent.click((await screen.findAllByRole('button', { name: '新增字段' }))[0] as HTMLElement)
  await screen.findByRole('dialog')
  type('field', 'amount_fen')
  type('name_zh', '年龄')
  type('name_en', 'Age')
  type('最小值', '0')
  type('最大值', '1,5')
  keep()
  expect(await screen.findByText('这个代码已被使用')).toBeTruthy()
  expect(screen.getByText('请填数字；金额和整数不带小数')).toBeTruthy()
  type('field', 'age_years')
  type('最大值', '120')
  keep()
  await waitFor(() => expect(kept().input_contract.inputs).toHaveLength(3))
  expect(kept().input_contract.inputs?.[2]).toEqual({ name: 'age_years', type: 'integer', words: { zh: '年龄', en: 'Age' }, minimum: '0', maximum: '120' })
})

it('edits what only files declare without losing it, and a policy value as the kind of its parameter', async () => {
  const kept = open()
  const row = (text: string) => screen.getByText(text).closest('tr') as HTMLElement
  await screen.findByText('已问')
  fireEvent.click(within(row('已问')).getByRole('button', { name: '编辑' }))
  await screen.findByRole('dialog')
  type('name_zh', '问过的来源')
  keep()
  await waitFor(() => expect(kept().input_contract.inputs?.[1]).toEqual({ name: 'asked', type: 'list', words: { zh: '问过的来源', en: 'Asked' }, max_items: 3 }))
  fireEvent.click(within(row('18')).getByRole('button', { name: '编辑' }))
  await waitFor(() => expect(screen.getAllByRole('dialog').length).toBeGreaterThan(0))
  const value = await screen.findByLabelText('policy_value')
  fireEvent.change(value, { target: { value: '20.5' } })
  fireEvent.click(screen.getAllByRole('button', { name: /OK|确\s*定/ }).at(-1) as HTMLElement)
  expect(await screen.findByText('请填数字；金额和整数不带小数')).toBeTruthy()
  fireEvent.change(value, { target: { value: '20' } })
  fireEvent.click(screen.getAllByRole('button', { name: /OK|确\s*定/ }).at(-1) as HTMLElement)
  await waitFor(() => expect(kept().policy.values).toEqual([{ parameter: 'age_min', value: 20 }]))
})

it('reads choices a line each, and none of a value that is named twice', () => {
  const choices = { match: { zh: '一致', en: 'Match' }, no_record: { zh: '无记录', en: 'No record' } }
  expect(choicesRead(choicesText(choices))).toEqual(choices)
  expect(choicesRead('match = 一致 | Match\nmatch = 相同 | Same')).toBeNull()
  expect(choicesRead('match 一致')).toBeNull()
})
