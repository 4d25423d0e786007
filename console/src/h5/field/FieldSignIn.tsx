import { useWords } from '../../i18n/words'
import { PasswordSignIn } from '../parts/PasswordSignIn'

/** Where our own people come in who are out with customers. */
export default function FieldSignIn() {
  const say = useWords()
  return <PasswordSignIn title={say('phone.field')} />
}
