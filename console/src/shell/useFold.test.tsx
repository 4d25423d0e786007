import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useFold } from './useFold'

const query = Object.assign(new EventTarget(), { matches: false })

beforeEach(() => vi.stubGlobal('matchMedia', () => query))
afterEach(() => vi.unstubAllGlobals())

function windowBecomes(width: 'narrow' | 'wide') {
  act(() => {
    query.matches = width === 'narrow'
    query.dispatchEvent(new Event('change'))
  })
}

it('comes back beside the page as it was, after the window has been narrow', () => {
  windowBecomes('wide')
  const { result } = renderHook(useFold)
  expect(result.current.isFolded).toBe(false)
  windowBecomes('narrow')
  act(() => result.current.setFolded(true))
  expect(result.current.isFolded).toBe(true)
  windowBecomes('wide')
  expect(result.current.isFolded).toBe(false)
})

it('stays folded beside the page when a person has folded it', () => {
  windowBecomes('wide')
  const { result } = renderHook(useFold)
  act(() => result.current.setFolded(true))
  windowBecomes('narrow')
  act(() => result.current.setFolded(false))
  expect(result.current.isFolded).toBe(false)
  windowBecomes('wide')
  expect(result.current.isFolded).toBe(true)
})
