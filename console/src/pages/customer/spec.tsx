import Holds from '../application/Holds'
import { RelationsSection } from '../application/RelationsSection'
import type { DetailSpec } from '../../detail/spec'
import { CommandButton } from '../../form/CommandButton'

/** A customer: who they are, their cards, and everything that they have with us. */
export const customerSpec: DetailSpec = {
  read: '/customers/{customer_id}',
  title: ['customer_no', 'name'],
  states: ['watch_status'],
  groups: {
    'customer.group_identity': ['gender', 'birthday', 'age', 'id_no', 'id_valid_until', 'id_is_long_term', 'phone', 'has_driving_licence'],
    'customer.group_work': ['employment_kind', 'employer', 'employment_months', 'monthly_income', 'monthly_debt'],
    'customer.group_home': ['marital_status', 'education', 'residence_kind', 'residence_address', 'region_code'],
  },
  lists: [
    { listing: 'applications', by: 'customer_id' },
    { listing: 'contracts', by: 'customer_id' },
    { listing: 'loans', by: 'customer_id' },
    { listing: 'loan_changes', by: 'customer_id' },
    { listing: 'prepayment_requests', by: 'customer_id' },
    { listing: 'refunds', by: 'customer_id' },
    { listing: 'loan_warnings', by: 'customer_id' },
    { listing: 'inspections', by: 'customer_id' },
    { listing: 'pool_loans', by: 'customer_id' },
    { listing: 'lien_releases', by: 'customer_id' },
  ],
  top: (data) => <Holds path={`/customers/${data.id as number}/holds`} />,
  below: (data) => <RelationsSection of="customers" id={data.id as number} />,
  rowActions: {
    bank_cards: (row, data) =>
      row.state === 'active' && (
        <CommandButton command="bank_card_disable" isLink fixed={{ customer_id: data.id, bank_card_id: row.id }} />
      ),
  },
}

/** A file of watch-list entries with what became, or would become, of its rows. */
export const watchFileSpec: DetailSpec = {
  read: '/watch-files/{file_no}',
  title: ['file_no', 'file_name'],
  states: ['file_state'],
  figures: ['rows', 'refused'],
  enums: { file_state: 'WatchFileState' },
  optional: ['checked_by', 'checked_at', 'closing_reason'],
  lists: [{ listing: 'watch_file_rows', by: (data) => ({ file_no: String(data.file_no) }) }],
}
