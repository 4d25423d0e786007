import { Card, Flex } from 'antd'
import { TimelineView } from '../../detail/TimelineView'
import { useWords } from '../../i18n/words'
import type { Case } from './case'
import { ChecksSection } from './ChecksSection'
import { DecisionSection } from './DecisionSection'
import { DocumentsSection } from './DocumentsSection'
import { RelationsSection } from './RelationsSection'
import { SourcesSection } from './SourcesSection'

/** Below the facts: what the strategy said, the checks, the relations, the sources, the documents, what people did. */
export default function CaseSections({ found }: { found: Case }) {
  const say = useWords()
  return (
    <Flex vertical gap="middle">
      <DecisionSection decisions={found.decisions} />
      <ChecksSection decisions={found.decisions} />
      <RelationsSection id={found.id} />
      <SourcesSection id={found.id} />
      <DocumentsSection found={found} />
      <Card variant="borderless" title={say('detail.timeline')}>
        <TimelineView subject={`application:${found.id}`} />
      </Card>
    </Flex>
  )
}
