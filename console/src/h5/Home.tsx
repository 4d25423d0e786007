import { Button, Space } from 'antd-mobile'
import { useNavigate } from 'react-router'
import { useWords } from '../i18n/words'
import { Brand } from './parts/Brand'
import { PhonePage } from './parts/PhonePage'

/** Where to, for a person who typed the bare address. */
export default function Home() {
  const say = useWords()
  const navigate = useNavigate()
  return (
    <PhonePage>
      <Brand />
      <Space block direction="vertical">
        <Button block color="primary" size="large" onClick={() => void navigate('/dealer')}>
          {say('phone.i_am_dealer')}
        </Button>
        <Button block size="large" onClick={() => void navigate('/me')}>
          {say('phone.i_am_customer')}
        </Button>
        <Button block size="large" onClick={() => void navigate('/field')}>
          {say('phone.i_am_staff')}
        </Button>
        <Button block size="large" fill="none" onClick={() => void navigate('/verify')}>
          {say('phone.verify')}
        </Button>
      </Space>
    </PhonePage>
  )
}
