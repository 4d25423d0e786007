import { List, Tag } from 'antd-mobile'
import { showYuan } from '../../format/money'
import { useLabels } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import type { ApplicationDetail } from './useDraft'

/** An application that is on its way: where it stands and what was asked for. */
export function Progress({ application }: { application: ApplicationDetail }) {
  const labels = useLabels()
  const { customer, vehicle, loan } = application.form
  const lines: [string, unknown][] = [
    ['name', customer.name],
    ['vin', vehicle.vin],
    ['price', amount(vehicle.price)],
    ['amount', amount(loan.amount)],
    ['periods', loan.periods],
  ]
  return (
    <PhonePage title={application.application_no} back="/dealer">
      <List mode="card" header={<Tag color="primary">{labels.enumText('ApplicationState', application.state)}</Tag>}>
        {lines.map(([key, value]) => (
          <List.Item key={key} extra={value == null ? '-' : String(value as string | number)}>
            {labels.field(key)}
          </List.Item>
        ))}
      </List>
    </PhonePage>
  )
}

function amount(value: unknown): string | null {
  return typeof value === 'string' ? `¥${showYuan(value)}` : null
}
