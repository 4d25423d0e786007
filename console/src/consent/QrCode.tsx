import { QRCodeSVG } from '@rc-component/qrcode'

/** An address for the phone of the person beside. */
export default function QrCode({ value, label }: { value: string; label: string }) {
  return <QRCodeSVG value={value} size={168} level="M" marginSize={2} bgColor="#fff" title={label} role="img" aria-label={label} />
}
