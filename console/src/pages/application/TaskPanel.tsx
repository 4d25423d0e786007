import { Alert, Button, Flex, Space, Tag, Typography } from 'antd'
import { useState } from 'react'
import { CommandButton } from '../../form/CommandButton'
import { showDateTime } from '../../format/date'
import { showDuration } from '../../format/duration'
import { useLabels, useWords } from '../../i18n/words'
import type { Case, CaseTask } from './case'
import { TaskForm } from './TaskForm'

const DANGEROUS = ['decline']

/** The review tasks that this person can act on: take one (C), then decide (1, 2 … in the order of the buttons). */
export default function TaskPanel({ found }: { found: Case }) {
  if (!found.tasks.length) return null
  return (
    <Flex vertical gap="small" style={{ marginBottom: 8 }}>
      {found.tasks.map((task) => (
        <TaskRow key={task.task_id} task={task} missing={found.missing_documents} />
      ))}
    </Flex>
  )
}

function TaskRow({ task, missing }: { task: CaseTask; missing: string[] }) {
  const say = useWords()
  const labels = useLabels()
  const [action, setAction] = useState<string | null>(null)
  const fixed = { task_id: task.task_id, version: task.version }
  return (
    <Alert
      type="info"
      title={
        <Flex justify="space-between" align="center" wrap gap="middle">
          <Space wrap>
            <Typography.Text strong>{task.node_name}</Typography.Text>
            <Tag>{labels.enumText('TaskState', task.state)}</Tag>
            {task.assignee_name && <span>{task.assignee_name}</span>}
            <Typography.Text type="secondary">{say('application.due', { at: showDateTime(task.due_at) })}</Typography.Text>
            <TimeLeft task={task} />
          </Space>
          <Space wrap>
            {task.may_claim && (
              <span data-shortcut="c">
                <CommandButton command="task_claim" fixed={fixed} isPrimary />
              </span>
            )}
            {task.may_complete &&
              task.actions.map((name, index) => (
                <Button
                  key={name}
                  type={index === 0 ? 'primary' : 'default'}
                  danger={DANGEROUS.includes(name)}
                  data-shortcut={index + 1}
                  onClick={() => setAction(name)}
                >
                  {labels.enumText('TaskAction', name)}
                </Button>
              ))}
            {task.may_complete && <CommandButton command="task_release" fixed={fixed} />}
            {action !== null && <TaskForm task={task} action={action} missing={missing} onClose={() => setAction(null)} />}
          </Space>
        </Flex>
      }
    />
  )
}

/** The service time that is left, or by how much it was missed. */
function TimeLeft({ task }: { task: CaseTask }) {
  const say = useWords()
  const [now] = useState(() => new Date())
  const due = new Date(task.due_at)
  const time = showDuration(now, due, say)
  const isLate = due < now
  return <Tag color={isLate ? 'error' : 'processing'}>{say(isLate ? 'application.late' : 'application.left', { time })}</Tag>
}
