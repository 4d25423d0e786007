import { Alert, Space } from 'antd'
import type { components } from '../../api/schema'
import { useLabels, useWords } from '../../i18n/words'

type Captured = components['schemas']['CapturedDocumentOut']

/** What speaks against a picture: that it was worked on, and that other cases have it. */
export function PictureMarks({ document }: { document: Captured }) {
  const labels = useLabels()
  const say = useWords()
  return (
    <Space orientation="vertical" style={{ width: '100%', marginBottom: 12 }}>
      {document.tamper_marks.map((mark) => (
        <Alert
          key={mark.tamper_mark}
          type="warning"
          showIcon
          title={`${labels.enumText('TamperMark', mark.tamper_mark)}: ${mark.detail}`}
          description={say('application.tamper_score', { score: document.tamper_score ?? 0 })}
        />
      ))}
      {document.matches.map((match, place) => (
        <Alert
          key={place}
          type="error"
          showIcon
          title={say('application.picture_elsewhere', {
            kind: labels.enumText('CapturedKind', match.kind),
            where: match.subject_type === null ? say('application.picture_elsewhere_hidden') : `${labels.enumText('Subject', match.subject_type)} ${match.subject_id}`,
          })}
          description={
            match.alike_rate === null
              ? say('application.picture_same', { bits: match.bits ?? 0 })
              : say('application.picture_part', { percent: Math.round(Number(match.alike_rate) * 100) })
          }
        />
      ))}
    </Space>
  )
}
