import { useQuery } from '@tanstack/react-query'
import { Button, Flex } from 'antd'
import { getBlob } from '../api/request'
import { saveBlob } from '../api/lists'
import { useWords } from '../i18n/words'
import { SignatureCheck } from '../verification/SignatureCheck'
import { Failure } from './Failure'
import { BlobView } from './FilePreview'
import { Loading } from './Loading'

interface PaperProps {
  /** API path that gives the PDF. */
  path: string
  /** What the file is called when it is saved. */
  name: string
  /** Changes when the file does: a signature makes another one. */
  revision: string
}

/** A paper that we issued: drawn on the page, to be saved, its signatures to be checked. */
export default function Paper({ path, name, revision }: PaperProps) {
  const say = useWords()
  const { data, error, refetch } = useQuery({ queryKey: ['paper', path, revision], queryFn: () => getBlob(path), staleTime: Infinity })
  if (error) return <Failure error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading />
  return (
    <Flex vertical gap="middle" style={{ maxWidth: 960 }}>
      <SignatureCheck pdf={data} name={name}>
        <Button onClick={() => saveBlob(data, name)}>{say('file.save')}</Button>
      </SignatureCheck>
      <BlobView blob={data} />
    </Flex>
  )
}
