import { useWords } from '../../i18n/words'
import { PasswordSignIn } from '../parts/PasswordSignIn'

/** Where a dealer's employee comes in. */
export default function DealerSignIn() {
  const say = useWords()
  return <PasswordSignIn title={say('phone.dealer')} />
}
