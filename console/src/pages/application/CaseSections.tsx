import { useActor } from '../../api/session'
import { OnePage, type PagePart } from '../../detail/OnePage'
import type { OnePageGiven } from '../../detail/spec'
import { TimelineView } from '../../detail/TimelineView'
import { CommandButton } from '../../form/CommandButton'
import { useWords } from '../../i18n/words'
import { AffordabilitySection } from './AffordabilitySection'
import type { Case } from './case'
import { ChecksSection } from './ChecksSection'
import { DealerSection } from './DealerSection'
import { DecisionSection } from './DecisionSection'
import { DocumentsSection } from './DocumentsSection'
import { ExtraChecksSection } from './ExtraChecksSection'
import { RelationsSection } from './RelationsSection'
import { SimilarSection } from './SimilarSection'
import { SourcesSection } from './SourcesSection'
import TaskPanel from './TaskPanel'

/** Everything that decides a case, on one page: what it says, what others say, what the rules made of it, what is to do. */
export default function CaseSections({ found, given }: { found: Case; given: OnePageGiven }) {
  const say = useWords()
  const parts = useParts(found, given)
  return <OnePage bar={<TaskPanel found={found} />} parts={parts} {...(found.tasks.length > 0 && { keys: say('application.keys') })} />
}

function useParts(found: Case, given: OnePageGiven): PagePart[] {
  const say = useWords()
  const may = new Set(useActor().permissions)
  const { id, dealer_id: dealerId } = found
  const isDecided = found.decisions.length > 0
  const hasChecks = found.decisions.some(({ checks }) => checks.length > 0)
  const framed = (key: string, title: string, content: PagePart['content'], isThere = true): PagePart[] =>
    isThere ? [{ key, title, content, isFramed: true }] : []
  return [
    { key: 'overview', title: say('detail.overview'), content: given.overview },
    ...framed('advice', say('application.affordability'), <AffordabilitySection id={id} />, isDecided),
    { key: 'applicant', title: say('application.tab_customer'), content: <>{given.part('customer')}{given.part('form.customer')}</> },
    { key: 'vehicle', title: say('application.tab_vehicle'), content: <Vehicle found={found} given={given} /> },
    { key: 'loan', title: say('application.tab_loan'), content: <>{given.part('offer')}{given.part('form.loan')}</> },
    ...framed('dealer', say('application.dealer'), <DealerSection found={found} />, dealerId !== null && may.has('channel.dealer.view')),
    ...framed('documents', say('application.documents'), <DocumentsSection found={found} />),
    ...framed('sources', say('application.sources'), <SourcesSection id={id} />, may.has('sources.call.view')),
    ...(found.form.credit_facts ? [{ key: 'credit', title: say('application.tab_credit'), content: given.part('form.credit_facts') }] : []),
    ...framed('checks', say('application.checks'), <ChecksSection decisions={found.decisions} />, hasChecks),
    ...framed('extra', say('application.extra_checks'), <ExtraChecksSection id={id} />, may.has('decisioning.decision.view')),
    ...framed('decision', say('application.decision'), <DecisionSection decisions={found.decisions} />),
    ...framed('relations', say('application.relations'), <RelationsSection id={id} />, may.has('origination.relation.view')),
    ...framed('similar', say('application.similar'), <SimilarSection id={id} />, may.has('decisioning.decision.view') && found.submitted_at !== null),
    { key: 'timeline', title: say('detail.timeline'), content: <TimelineView subject={`application:${id}`} /> },
    { key: 'past', title: say('application.past'), content: given.past },
  ]
}

/** The car, and what an appraiser may add to it. */
function Vehicle({ found, given }: { found: Case; given: OnePageGiven }) {
  return (
    <>
      {given.part('vehicle')}
      {given.part('form.vehicle')}
      {found.state === 'in_review' && found.vehicle && !found.vehicle.is_new && (
        <CommandButton command="appraisal_record" fixed={{ vehicle_id: found.vehicle.vehicle_id }} />
      )}
    </>
  )
}
