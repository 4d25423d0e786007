import { Flex, Spin } from 'antd'

export function Loading() {
  return (
    <Flex align="center" justify="center" style={{ minHeight: 200 }}>
      <Spin />
    </Flex>
  )
}
