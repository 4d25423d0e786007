import { List } from 'antd-mobile'
import { useParams } from 'react-router'
import { showDate } from '../../format/date'
import { useLabels, useWords } from '../../i18n/words'
import { PhonePage } from '../parts/PhonePage'
import { Trouble } from '../parts/Trouble'
import { Wait } from '../parts/Wait'
import { useInspection, useInspectionsPath, type Inspection as Found } from './inspection'
import { ReportForm } from './ReportForm'

/** One inspection: whose car, what to look at, and what was found. */
export default function Inspection() {
  const { inspectionNo = '' } = useParams()
  const back = useInspectionsPath()
  const { data, error, refetch } = useInspection(inspectionNo)
  return (
    <PhonePage title={inspectionNo} back={back}>
      {error && <Trouble error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Wait />}
      {data && <Facts found={data} />}
      {data?.actions.includes('inspection_submit') && <ReportForm found={data} />}
    </PhonePage>
  )
}

function Facts({ found }: { found: Found }) {
  const say = useWords()
  const labels = useLabels()
  const lines: [string, string][] = [
    [labels.field('customer_name'), found.customer_name],
    [labels.field('vehicle_title'), `${found.vehicle_title} ${found.plate_no}`],
    [labels.field('vin'), found.vin],
    [labels.field('risk_class'), labels.enumText('RiskClass', found.risk_class)],
    [labels.field('inspection_cause'), found.plan_reason || labels.enumText('InspectionCause', found.inspection_cause)],
    [labels.field('state'), labels.enumText('InspectionState', found.state)],
    [say('phone.inspect_by'), showDate(found.due_on)],
  ]
  if (found.opinion) lines.push([labels.field('opinion'), found.opinion])
  if (found.mileage_before !== null) lines.push([labels.field('mileage_before'), String(found.mileage_before)])
  return (
    <List mode="card">
      {lines.map(([label, value]) => (
        <List.Item key={label} extra={value}>
          {label}
        </List.Item>
      ))}
    </List>
  )
}
