import { Empty, Table, Tag } from 'antd'
import { Link } from 'react-router'
import { showDateTime } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'
import type { BoardTask } from './board'

/** What waits for this person, most urgent first as the server orders it. */
export function MyTasks({ tasks }: { tasks: BoardTask[] }) {
  const say = useWords()
  const labels = useLabels()
  if (!tasks.length) return <Empty description={say('workbench.no_tasks')} />
  return (
    <Table<BoardTask>
      size="small"
      rowKey="task_id"
      dataSource={tasks}
      pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
      columns={[
        { key: 'title', title: labels.field('title'), render: (_, task) => <Link to={task.to}>{task.title}</Link> },
        {
          key: 'due_at',
          title: labels.field('due_at'),
          width: 220,
          render: (_, task) => (
            <>
              {showDateTime(task.due_at)} {task.is_late && <Tag color="error">{labels.field('is_late')}</Tag>}
            </>
          ),
        },
      ]}
    />
  )
}
