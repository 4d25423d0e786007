import { useWords } from '../../i18n/words'

export function Brand() {
  const say = useWords()
  return (
    <div className="phone-brand">
      <img src="./favicon.svg" alt="" width={56} height={56} />
      <strong>{say('app.name')}</strong>
      <span className="phone-hint">{say('app.tagline')}</span>
    </div>
  )
}
