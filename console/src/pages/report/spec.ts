import type { DetailSpec } from '../../detail/spec'

/** A report that was made by itself, with its file. */
export const deliverySpec: DetailSpec = {
  read: '/report-deliveries/{delivery_id}',
  title: ['name'],
  states: ['state'],
  enums: { report: 'Report', state: 'DeliveryState' },
  optional: ['problem', 'delivered_at', 'file'],
}
