import { TranslationOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { commandRun } from '../api/commands'
import { changeLanguage } from '../i18n/setup'
import { useLanguage, useWords } from '../i18n/words'

/** The other language, kept on this device and for the person's next sign-in elsewhere. */
export function LanguageSwitch() {
  const say = useWords()
  const other = useLanguage() === 'zh-CN' ? 'en-US' : 'zh-CN'
  const change = async () => {
    await changeLanguage(other)
    await commandRun('locale_set', { locale: other }).catch(() => undefined)
  }
  return (
    <Button type="text" icon={<TranslationOutlined />} onClick={() => void change()}>
      {say('language.other')}
    </Button>
  )
}
