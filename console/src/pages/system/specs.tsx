import { Changes, type Change } from '../../detail/Changes'
import type { DetailSpec } from '../../detail/spec'

/** One operation of the log with what it changed. */
export const operationSpec: DetailSpec = {
  read: '/operations/{operation_id}',
  title: ['operation', 'actor_name'],
  enums: { operation: 'Command', actor_kind: 'UserKind', subject_type: 'Subject' },
  hidden: ['changes'],
  below: (data) => <Changes changes={data.changes as Change[]} />,
}

/** A sign-in: what it may do, where it is signed in. */
export const userSpec: DetailSpec = {
  read: '/users/{user_id}',
  title: ['username', 'display_name'],
  states: ['kind'],
  hidden: ['roles', 'channel_ids'],
  lists: [{ listing: 'operations', by: (data) => ({ actor_name: String(data.display_name) }) }],
}

/** A person on the staff. */
export const employeeSpec: DetailSpec = {
  read: '/employees/{employee_id}',
  title: ['employee_no', 'name'],
  states: ['state'],
  lists: [{ listing: 'operations', by: (data) => ({ subject_type: 'employee', subject_id: String(data.id) }) }],
}

/** A job of the queue with what has happened to it. */
export const jobSpec: DetailSpec = {
  read: '/jobs/{job_id}',
  title: ['task_name', 'job_id'],
  states: ['status'],
  enums: { task_name: 'Job', status: 'JobState', 'job_events.job_event': 'JobEvent' },
}
