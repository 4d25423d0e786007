import { expect, it } from 'vitest'
import { inLanguage } from './inLanguage'

const FILE =
  '<d xmlns="http://bpmn" xmlns:axle="urn:axle:bpmn"><t id="a" name="初审" axle:nameEn="First review"/><t id="b" name="通过"/></d>'

it('shows nodes by their names in the language', () => {
  const english = inLanguage(FILE, 'en-US')
  expect(english).toContain('name="First review"')
  expect(english).not.toContain('初审')
  expect(english).toContain('name="通过"')
  expect(inLanguage(FILE, 'zh-CN')).toBe(FILE)
})
