import type { WordKey } from '../../i18n/words'

/** The application form as the phone holds it; the server's `ApplicationForm` with only what a dealer fills in. */
export interface IntakeForm {
  vehicle: Part
  customer: Part
  loan: Part
}
export type Part = Record<string, unknown>
export type PartName = keyof IntakeForm

/** One line of a step. */
export interface PhoneField {
  key: string
  /** Word for a line whose key means other things elsewhere. */
  word?: WordKey
  input: 'text' | 'money' | 'integer' | 'date' | 'choice' | 'yes_no' | 'region'
  /** Enumeration and members, for a choice. */
  enumName?: string
  members?: string[]
  isRequired?: boolean
}

export const VEHICLE_FIELDS: PhoneField[] = [
  { key: 'kind', word: 'phone.car_kind', input: 'choice', enumName: 'VehicleKind', members: ['new', 'used'], isRequired: true },
  { key: 'vin', input: 'text', isRequired: true },
  { key: 'price', word: 'phone.car_price', input: 'money', isRequired: true },
  { key: 'use', input: 'choice', enumName: 'VehicleUse', members: ['private', 'commercial'], isRequired: true },
]

/** Asked only about a used car. */
export const USED_FIELDS: PhoneField[] = [
  { key: 'plate_no', input: 'text' },
  { key: 'first_registered_on', input: 'date', isRequired: true },
  { key: 'mileage_km', input: 'integer', isRequired: true },
]

const MARITAL = ['single', 'married', 'divorced', 'widowed']
const RESIDENCES = ['owned', 'mortgaged', 'family', 'rented']
const EMPLOYMENTS = ['employed', 'self_employed', 'public_service', 'farmer', 'driver', 'retired', 'unemployed']

export const CUSTOMER_FIELDS: PhoneField[] = [
  { key: 'name', word: 'phone.person_name', input: 'text', isRequired: true },
  { key: 'id_no', input: 'text', isRequired: true },
  { key: 'id_is_long_term', input: 'yes_no' },
  { key: 'id_valid_until', input: 'date' },
  { key: 'phone', input: 'text', isRequired: true },
  { key: 'marital_status', input: 'choice', enumName: 'MaritalStatus', members: MARITAL, isRequired: true },
  { key: 'residence_kind', input: 'choice', enumName: 'ResidenceKind', members: RESIDENCES, isRequired: true },
  { key: 'region_code', input: 'region', isRequired: true },
  { key: 'residence_address', input: 'text', isRequired: true },
  { key: 'employment_kind', input: 'choice', enumName: 'EmploymentKind', members: EMPLOYMENTS, isRequired: true },
  { key: 'employer', input: 'text' },
  { key: 'employer_phone', input: 'text' },
  { key: 'employer_address', input: 'text' },
  { key: 'employment_months', input: 'integer' },
  { key: 'monthly_income', input: 'money', isRequired: true },
  { key: 'monthly_debt', input: 'money', isRequired: true },
  { key: 'has_driving_licence', input: 'yes_no' },
  { key: 'card_bank', input: 'text' },
  { key: 'card_no', input: 'text' },
]

export const RELATIONS = ['spouse', 'parent', 'child', 'sibling', 'friend', 'colleague']

export const CONTACT_FIELDS: PhoneField[] = [
  { key: 'name', word: 'phone.person_name', input: 'text', isRequired: true },
  { key: 'relation', input: 'choice', enumName: 'Relation', members: RELATIONS, isRequired: true },
  { key: 'phone', input: 'text', isRequired: true },
]

type Read = Record<string, string>

function dated(value: string): Part {
  return /^\d{4}-/.test(value) ? { id_valid_until: value, id_is_long_term: false } : { id_is_long_term: true }
}

/** What a recognised photo says about a part of the form. */
export const READINGS: Record<string, { part: PartName; fill: (read: Read) => Part }> = {
  id_front: { part: 'customer', fill: ({ name, id_no, address }) => ({ name, id_no, residence_address: address }) },
  id_back: { part: 'customer', fill: ({ valid_to }) => (valid_to === undefined ? {} : dated(valid_to)) },
  driver_licence: { part: 'customer', fill: () => ({ has_driving_licence: true }) },
  bank_card: { part: 'customer', fill: ({ bank_name, card_no }) => ({ card_bank: bank_name, card_no }) },
  vin_plate: { part: 'vehicle', fill: ({ vin }) => ({ vin }) },
  vehicle_licence_main: {
    part: 'vehicle',
    fill: ({ vin, plate_no, engine_no, registered_on }) => ({ vin, plate_no, engine_no, first_registered_on: registered_on }),
  },
  vehicle_invoice: { part: 'vehicle', fill: ({ vin, price }) => ({ vin, price }) },
}

/** Only what is empty is filled: what a person typed stays. */
export function filledIn(part: Part, read: Part): Part {
  const fresh = Object.entries(read).filter(([key, value]) => value != null && value !== '' && isEmpty(part[key]))
  return { ...part, ...Object.fromEntries(fresh) }
}

function isEmpty(value: unknown): boolean {
  return value == null || value === '' || value === false
}
