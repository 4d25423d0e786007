import { render, screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { Money } from './Money'

describe('Money', () => {
  it('groups thousands and keeps every fen', () => {
    render(<Money value="99999999999999.99" />)
    expect(screen.getByText('99,999,999,999,999.99')).toBeDefined()
  })

  it('marks negative amounts', () => {
    render(<Money value="-5.00" />)
    expect(screen.getByText('-5.00').className).toContain('danger')
  })

  it('shows a dash for nothing, and zero as zero', () => {
    const { container } = render(<Money value={null} />)
    expect(container.textContent).toBe('-')
    render(<Money value="0.00" />)
    expect(screen.getByText('0.00')).toBeDefined()
  })
})
