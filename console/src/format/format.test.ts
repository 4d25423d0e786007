import { describe, expect, it } from 'vitest'
import { fen, showYuan, sumYuan, yuan } from './money'
import { fractionOfPercent, percentOfFraction, showRate } from './rate'

describe('money', () => {
  it.each([
    ['0', '0.00'],
    ['-0.05', '-0.05'],
    ['1234567.5', '1,234,567.50'],
    ['99999999999999.99', '99,999,999,999,999.99'],
    ['***', '***'],
  ])('shows %s as %s', (given, shown) => expect(showYuan(given)).toBe(shown))

  it('sums without losing a fen', () => {
    expect(sumYuan(['99999999999999.99', '0.01', '-0.10'])).toBe('99999999999999.90')
  })

  it('reads and writes the same fen', () => {
    for (const text of ['0.01', '-12.30', '7.00']) expect(yuan(fen(text))).toBe(text)
    expect(() => fen('1.234')).toThrow(RangeError)
  })
})

describe('rates', () => {
  it.each([
    ['0.0899', '8.99'],
    ['0.1', '10'],
    ['1', '100'],
    ['0', '0'],
    ['0.00035', '0.035'],
    ['-0.005', '-0.5'],
    ['12.5', '1250'],
  ])('fraction %s is %s percent, both ways', (fraction, percent) => {
    expect(percentOfFraction(fraction)).toBe(percent)
    expect(fractionOfPercent(percent)).toBe(fraction)
  })

  it('shows a percent sign only on numbers', () => {
    expect(showRate('0.24')).toBe('24%')
    expect(showRate('-')).toBe('-')
  })
})

it.each([
  ['0.0899', '8.99%'],
  ['0.0898999644', '8.99%'],
  ['0.0946718208', '9.4672%'],
  ['0.00000049', '0%'],
  ['-0.0123456', '-1.2346%'],
  ['1', '100%'],
])('the rate %s is read as %s', (fraction, shown) => expect(showRate(fraction)).toBe(shown))
