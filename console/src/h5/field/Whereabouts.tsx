import { Button, Card } from 'antd-mobile'
import { useState } from 'react'
import { useWords } from '../../i18n/words'
import { tell } from '../parts/tell'

export interface Position {
  latitude: string
  longitude: string
}

interface WhereaboutsProps {
  position: Position | null
  onFound: (position: Position) => void
}

const DIGITS = 6
const PATIENCE_MS = 15_000

/** Where the phone is; asked for by a touch, because it tells where a person is. */
export function Whereabouts({ position, onFound }: WhereaboutsProps) {
  const say = useWords()
  const [isLooking, setLooking] = useState(false)
  const locate = () => {
    setLooking(true)
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setLooking(false)
        onFound({ latitude: coords.latitude.toFixed(DIGITS), longitude: coords.longitude.toFixed(DIGITS) })
      },
      () => {
        setLooking(false)
        tell(say('phone.locate_failed'))
      },
      { enableHighAccuracy: true, timeout: PATIENCE_MS },
    )
  }
  return (
    <Card title={say('phone.location')}>
      <div className="phone-photo">
        <span>{position ? `${position.latitude}, ${position.longitude}` : say('phone.location_none')}</span>
        <Button size="small" fill="outline" color="primary" loading={isLooking} onClick={locate}>
          {say('phone.locate')}
        </Button>
      </div>
    </Card>
  )
}
