import { Alert, Modal } from 'antd'
import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { useWords } from '../../i18n/words'

/** Tells that something is not saved, and asks before it is left behind. */
export function Unsaved({ isDirty }: { isDirty: boolean }) {
  const say = useWords()
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname)
  useEffect(() => {
    if (!isDirty) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isDirty])
  return (
    <>
      {isDirty && <Alert showIcon type="info" title={say('strategy.unsaved')} />}
      <Modal
        open={blocker.state === 'blocked'}
        title={say('strategy.leave')}
        okText={say('strategy.leave_anyway')}
        okButtonProps={{ danger: true }}
        onOk={() => blocker.proceed?.()}
        onCancel={() => blocker.reset?.()}
      >
        {say('strategy.unsaved')}
      </Modal>
    </>
  )
}
