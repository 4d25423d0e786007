import { useEffect, useState } from 'react'

/** Seconds that this page has been in sight; a page in the background is not being read. */
export function useSecondsRead(): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setSeconds((before) => before + 1)
    }, 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
