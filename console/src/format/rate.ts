/** Rates travel as annual fractions ("0.0899") and are read and typed as percent ("8.99"); only the point moves. */

const DECIMAL = /^-?\d+(\.\d+)?$/

function shift(text: string, places: number): string {
  const sign = text.startsWith('-') ? '-' : ''
  const [whole = '', decimals = ''] = text.replace('-', '').split('.')
  const leading = '0'.repeat(Math.max(1 - whole.length - places, 0))
  const point = leading.length + whole.length + places
  const padded = (leading + whole + decimals).padEnd(point, '0')
  const head = padded.slice(0, point).replace(/^0+(?=\d)/, '')
  const tail = padded.slice(point).replace(/0+$/, '')
  return sign + (tail ? `${head}.${tail}` : head)
}

export function isDecimal(text: string): boolean {
  return DECIMAL.test(text)
}

/** "0.0899" as "8.99". */
export function percentOfFraction(fraction: string): string {
  return isDecimal(fraction) ? shift(fraction, 2) : fraction
}

/** "8.99" as "0.0899". */
export function fractionOfPercent(percent: string): string {
  return isDecimal(percent) ? shift(percent, -2) : percent
}

const SHOWN_DECIMALS = 4

/** A rate for reading: percent with at most four decimals, halves away from zero. Typing keeps every digit. */
export function showRate(fraction: string): string {
  return isDecimal(fraction) ? `${rounded(percentOfFraction(fraction))}%` : fraction
}

function rounded(percent: string): string {
  const [whole = '', decimals = ''] = percent.split('.')
  if (decimals.length <= SHOWN_DECIMALS) return percent
  const scaled = BigInt(whole.replace('-', '') + decimals.slice(0, SHOWN_DECIMALS)) + (decimals.charAt(SHOWN_DECIMALS) >= '5' ? 1n : 0n)
  return (percent.startsWith('-') ? '-' : '') + shift(scaled.toString(), -SHOWN_DECIMALS)
}
