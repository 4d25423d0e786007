import { Card, Statistic } from 'antd'
import { Link } from 'react-router'
import { showYuan } from '../../format/money'
import { showRate } from '../../format/rate'
import { useLabels } from '../../i18n/words'
import type { BoardFigure } from './board'

const SHOWN = { count: (text: string) => text, money: showYuan, rate: showRate }

/** One figure; a click opens the list behind it. */
export function BoardCard({ card }: { card: BoardFigure }) {
  const labels = useLabels()
  const figure = (
    <Card variant="borderless" size="small" hoverable={card.to !== null}>
      <Statistic
        title={labels.field(card.key)}
        value={card.value}
        formatter={() => SHOWN[card.kind](card.value)}
        styles={{ content: { fontVariantNumeric: 'tabular-nums', fontSize: 20, whiteSpace: 'nowrap' } }}
      />
    </Card>
  )
  return card.to ? <Link to={card.to}>{figure}</Link> : figure
}
