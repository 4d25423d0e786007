import { Button, Card, Flex, Typography } from 'antd'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'
import { useWords } from '../i18n/words'
import { useShortcuts } from './useShortcuts'

export interface PagePart {
  key: string
  title: string
  content: ReactNode
  /** The content frames itself; the others stand in a card under their title. */
  isFramed?: boolean
}

interface OnePageProps {
  parts: PagePart[]
  /** Always in sight above the parts' names: what is to be done. */
  bar?: ReactNode
  /** What the keys do here, where they do more than walk. */
  keys?: string
}

/** Header of the console and the bar above the parts, so that a part's title is not hidden behind them. */
const ABOVE = 190
const BAR = { position: 'sticky', top: 56, zIndex: 5 } as const
const ROOM = { minHeight: 120, scrollMarginTop: ABOVE } as const

/** A thing on one page: its parts below each other, read when they come near, their names in a bar; J and K walk. */
export function OnePage({ parts, bar, keys }: OnePageProps) {
  const say = useWords()
  const frame = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(parts[0]?.key)
  const [isAllRead, readAll] = useState(false)
  const go = useCallback((key: string | undefined) => {
    if (!key) return
    readAll(true) // what lies between would move the part away while it is being read
    setCurrent(key)
    requestAnimationFrame(() => partIn(frame.current, key)?.scrollIntoView({ behavior: 'smooth', block: 'start' }))
  }, [])
  const walk = (step: number) => go(parts[parts.findIndex(({ key }) => key === current) + step]?.key)
  useShortcuts(frame, { j: () => walk(1), k: () => walk(-1) })
  useCurrent(frame, setCurrent)
  return (
    <div ref={frame}>
      <Card variant="borderless" size="small" style={BAR}>
        {bar}
        <Flex gap={4} wrap component="nav" aria-label={say('detail.parts')}>
          {parts.map(({ key, title }) => (
            <Button
              key={key}
              size="small"
              type={key === current ? 'primary' : 'text'}
              aria-current={key === current ? 'location' : undefined}
              onClick={() => go(key)}
            >
              {title}
            </Button>
          ))}
          <Typography.Text type="secondary" style={{ marginInlineStart: 'auto' }}>
            {keys ?? say('detail.keys')}
          </Typography.Text>
        </Flex>
      </Card>
      <Flex vertical gap="middle" style={{ marginTop: 16 }}>
        {parts.map((part) => (
          <section key={part.key} data-part={part.key} aria-label={part.title} style={ROOM}>
            <WhenNear isRead={isAllRead}>
              {part.isFramed ? part.content : <Card variant="borderless" title={part.title}>{part.content}</Card>}
            </WhenNear>
          </section>
        ))}
      </Flex>
    </div>
  )
}

function partIn(frame: HTMLElement | null, key: string): Element | null | undefined {
  return frame?.querySelector(`[data-part="${key}"]`)
}

/** Follows which part is under the bar while a person scrolls. */
function useCurrent(frame: { current: HTMLElement | null }, set: (key: string) => void) {
  useEffect(() => {
    const look = () => {
      const parts = Array.from(frame.current?.querySelectorAll<HTMLElement>('[data-part]') ?? [])
      const passed = parts.findLast((part) => part.getBoundingClientRect().top <= ABOVE + 8)
      if (passed?.dataset.part) set(passed.dataset.part)
    }
    window.addEventListener('scroll', look, { passive: true })
    return () => window.removeEventListener('scroll', look)
  }, [frame, set])
}

/** Nothing is read for what nobody comes near. */
function WhenNear({ isRead, children }: { isRead: boolean; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null)
  const [isNear, setNear] = useState(false)
  useEffect(() => {
    const element = place.current
    if (!element || isNear) return
    const watcher = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && setNear(true), {
      rootMargin: '600px',
    })
    watcher.observe(element)
    return () => watcher.disconnect()
  }, [isNear])
  return <div ref={place}>{(isNear || isRead) && children}</div>
}
