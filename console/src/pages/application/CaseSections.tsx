import { Card, Flex } from 'antd'
import { TimelineView } from '../../detail/TimelineView'
import { useWords } from '../../i18n/words'
import type { Case } from './case'
import { DecisionSection } from './DecisionSection'
import { DocumentsSection } from './DocumentsSection'
import { SourcesSection } from './SourcesSection'

/** Below the facts: what the strategy said, the sources, the documents, what people did. */
export default function CaseSections({ found }: { found: Case }) {
  const say = useWords()
  return (
    <Flex vertical gap="middle">
      <DecisionSection decisions={found.decisions} />
      <SourcesSection id={found.id} />
      <DocumentsSection found={found} />
      <Card variant="borderless" title={say('detail.timeline')}>
        <TimelineView subject={`application:${found.id}`} />
      </Card>
    </Flex>
  )
}
