import { Button, Card, Flex, Typography } from 'antd'
import { changeLanguage } from '../i18n/setup'
import { useLanguage, useWords } from '../i18n/words'
import { SignInForm } from './SignInForm'

/** The first page of the console. */
export function SignIn() {
  const say = useWords()
  const language = useLanguage()
  const other = language === 'zh-CN' ? 'en-US' : 'zh-CN'
  return (
    <Flex vertical align="center" justify="center" style={{ minHeight: '100vh', padding: 16 }}>
      <Card style={{ width: 400, maxWidth: '100%' }}>
        <Flex vertical align="center" gap={4} style={{ marginBottom: 24 }}>
          <img src="./favicon.svg" alt="" width={48} height={48} />
          <Typography.Title level={3} style={{ margin: 0 }}>
            {say('app.name')}
          </Typography.Title>
          <Typography.Text type="secondary">{say('app.tagline')}</Typography.Text>
        </Flex>
        <SignInForm />
      </Card>
      <Flex gap="middle" style={{ marginTop: 16 }}>
        <Button type="link" onClick={() => void changeLanguage(other)}>
          {say('language.other')}
        </Button>
        <Button type="link" href="h5.html#/dealer">
          {say('session.dealer_entry')}
        </Button>
        <Button type="link" href="h5.html#/me">
          {say('session.customer_entry')}
        </Button>
      </Flex>
    </Flex>
  )
}
