import { expect, it } from 'vitest'
import { addressHash } from './address'

it.each([
  ['/me', '#/sign/abc', '#/me/sign/abc'],
  ['/me', '', '#/me'],
  ['/me', '#/me/loans/L1', '#/me/loans/L1'],
  ['/dealer', '#/new', '#/dealer/new'],
  ['/h5.html', '#/dealer', '#/dealer'],
  ['/h5.html', '', '#/'],
  ['/field', '#/inspections/JC1', '#/field/inspections/JC1'],
  ['/verify', '', '#/verify'],
])('%s%s is the page %s', (path, hash, page) => expect(addressHash(path, hash)).toBe(page))
