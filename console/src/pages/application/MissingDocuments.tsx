import { Alert } from 'antd'
import { useLabels, useWords } from '../../i18n/words'
import type { Case } from './case'

/** What the case still lacks. */
export default function MissingDocuments({ found }: { found: Case }) {
  const say = useWords()
  const labels = useLabels()
  const kinds = found.missing_documents.map((kind) => labels.enumText('CapturedKind', kind))
  if (!kinds.length) return null
  return <Alert type="warning" showIcon style={{ marginTop: 16 }} title={say('application.missing', { kinds: kinds.join(', ') })} />
}
