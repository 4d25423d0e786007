import { newKey } from '../api/commands'
import { traces, type Trace } from './traces'

/** Where the device is, to a hundredth of a degree: about a kilometre. Nothing finer leaves the browser. */
export interface DevicePlace {
  latitude: string
  longitude: string
  accuracy_m: number
}

/** What a page tells of the device that it is open on, as the server takes it; never what is on the page. */
export interface DeviceTold {
  is_agreed: true
  token: string
  traces: Trace[]
  utc_offset_minutes: number
  time_zone: string
  language: string
  place?: DevicePlace
}

const KEPT_AS = 'axle.device'
const PATIENCE_MS = 8_000
const METRES_MAX = 1_000_000

/** What this browser is called from now on: made up when somebody first agrees, and the same until it forgets its storage. */
export function deviceToken(): string {
  const kept = localStorage.getItem(KEPT_AS)
  if (kept) return kept
  const token = `web-${newKey()}`
  localStorage.setItem(KEPT_AS, token)
  return token
}

/** The device and its session. Only for whoever agreed: calling it keeps a token in this browser. */
export function deviceTold(place?: DevicePlace): DeviceTold {
  return {
    is_agreed: true,
    token: deviceToken(),
    traces: traces(window),
    utc_offset_minutes: -new Date().getTimezoneOffset(),
    time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone.slice(0, 40),
    language: navigator.language.slice(0, 20),
    ...(place && { place }),
  }
}

/** Where this device is, if the person permits it now; undefined if not, or if nothing is found in a few seconds. */
export function placeAsked(geolocation: Geolocation | null = navigator.geolocation): Promise<DevicePlace | undefined> {
  if (geolocation === null) return Promise.resolve(undefined)
  return new Promise((found) => {
    geolocation.getCurrentPosition(
      ({ coords }) => found({
        latitude: coords.latitude.toFixed(2),
        longitude: coords.longitude.toFixed(2),
        accuracy_m: Math.min(METRES_MAX, Math.max(0, Math.round(coords.accuracy))),
      }),
      () => found(undefined),
      { enableHighAccuracy: false, timeout: PATIENCE_MS, maximumAge: 600_000 },
    )
  })
}
