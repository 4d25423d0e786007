import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { renderPage } from '../../testing/render'
import { choicesRead, choicesText } from './choices'
import type { StrategyContent } from './decision'
import { FieldsTab } from './FieldsTab'

const ITEM = { name: 'asked', type: 'enum', words: { zh: '来源', en: 'Source' }, choices: { bureau: { zh: '征信', en: 'Bureau' } } }
const BEFORE: StrategyContent = {
  graph: {},
  rules: [],
  cases: [],
  input_contract: {
    inputs: [
      { name: 'amount_fen', type: 'money', minimum: '1', maximum: '100', words: { zh: '金额', en: 'Amount' } },
      { name: 'asked', type: 'list', words: { zh: '已问', en: 'Asked' }, max_items: 3, items: ITEM },
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

/** The window that was opened last. */
const window = () => within(screen.getAllByRole('dialog').at(-1) as HTMLElement)
const typeIn = (label: string, value: string) => fireEvent.change(window().getByLabelText(label), { target: { value } })
const keepIn = () => fireEvent.click(window().getByRole('button', { name: /OK|确\s*定/ }))
const choose = async (label: string, kind: string) => {
  fireEvent.mouseDown(window().getByLabelText(label))
  const options = await screen.findAllByTitle(kind)
  fireEvent.click(options.filter((one) => one.classList.contains('ant-select-item-option')).at(-1) as HTMLElement)
}
const windows = (count: number) => waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(count))

it('edits a list: how many it holds, and each of its items', async () => {
  const kept = open()
  await screen.findByText('已问')
  expect(screen.getByText('≤ 3')).toBeTruthy()
  fireEvent.click(within(screen.getByText('已问').closest('tr') as HTMLElement).getByRole('button', { name: '编辑' }))
  await screen.findByRole('dialog')
  typeIn('name_zh', '问过的来源')
  typeIn('最多项数', '0')
  fireEvent.click(window().getByRole('button', { name: '编辑列表项' }))
  await windows(2)
  typeIn('选项', 'bureau = 征信 | Bureau\npolice = 公安 | Police')
  keepIn()
  await waitFor(() => expect(screen.getAllByText(/来源（/).length).toBe(1))
  fireEvent.click(screen.getAllByRole('button', { name: /OK|确\s*定/ })[0] as HTMLElement)
  expect(await screen.findByText('请填数字；金额和整数不带小数')).toBeTruthy()
  fireEvent.change(screen.getByLabelText('最多项数'), { target: { value: '5' } })
  fireEvent.click(screen.getAllByRole('button', { name: /OK|确\s*定/ })[0] as HTMLElement)
  await waitFor(() =>
    expect(kept().input_contract.inputs?.[1]).toEqual({
      name: 'asked', type: 'list', words: { zh: '问过的来源', en: 'Asked' }, max_items: 5,
      items: { ...ITEM, choices: { ...ITEM.choices, police: { zh: '公安', en: 'Police' } } },
    }),
  )
})

it('adds a record of parts, and asks for at least one', async () => {
  const kept = open()
  fireEvent.click((await screen.findAllByRole('button', { name: '新增字段' }))[0] as HTMLElement)
  await screen.findByRole('dialog')
  typeIn('field', 'seller')
  typeIn('name_zh', '卖方')
  typeIn('name_en', 'Seller')
  await choose('value_type', 'record')
  await waitFor(() => expect(window().getByText('组成字段')).toBeTruthy())
  keepIn()
  await waitFor(() => expect(document.querySelectorAll('.ant-form-item-explain-error')).toHaveLength(1))
  fireEvent.click(window().getByRole('button', { name: '新增字段' }))
  await windows(2)
  typeIn('field', 'cars')
  typeIn('name_zh', '车辆数')
  typeIn('name_en', 'Cars')
  typeIn('最小值', '0')
  typeIn('最大值', '99')
  keepIn()
  await screen.findByText('车辆数')
  fireEvent.click(screen.getAllByRole('button', { name: /OK|确\s*定/ })[0] as HTMLElement)
  await waitFor(() => expect(kept().input_contract.inputs).toHaveLength(3))
  expect(kept().input_contract.inputs?.[2]).toEqual({
    name: 'seller', type: 'record', words: { zh: '卖方', en: 'Seller' },
    fields: [{ name: 'cars', type: 'integer', words: { zh: '车辆数', en: 'Cars' }, minimum: '0', maximum: '99' }],
  })
})

it('edits a policy value as the kind of its parameter', async () => {
  const kept = open()
  const row = (text: string) => screen.getByText(text).closest('tr') as HTMLElement
  await screen.findByText('已问')
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
