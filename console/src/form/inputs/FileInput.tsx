import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { App, Button, Flex, Upload, type UploadFile } from 'antd'
import { useState } from 'react'
import { fileUpload } from '../../api/files'
import { saveBlob } from '../../api/lists'
import { getBlob } from '../../api/request'
import { errorText, useWords } from '../../i18n/words'
import type { InputProps } from './props'

const TYPES = 'image/jpeg,image/png,application/pdf,.csv,.xlsx'

interface FileInputProps extends InputProps<number> {
  /** API path of a file to fill in, where the command has one. */
  template?: string | undefined
}

/** A file is kept on the server as soon as it is chosen; the form holds its id. */
export function FileInput({ onChange, disabled = false, id, template }: FileInputProps) {
  const say = useWords()
  const { message } = App.useApp()
  const [files, setFiles] = useState<UploadFile[]>([])
  const upload = async (file: File) => {
    const { file_id } = await fileUpload(file)
    onChange?.(file_id)
  }
  const fetchTemplate = async (path: string) => {
    try {
      saveBlob(await getBlob(path), `${say('form.template')}.csv`)
    } catch (error) {
      message.error(errorText(error, say))
    }
  }
  const input = (
    <Upload
      {...(id ? { id } : {})}
      accept={TYPES}
      maxCount={1}
      disabled={disabled}
      fileList={files}
      onChange={({ fileList }) => setFiles(fileList)}
      onRemove={() => onChange?.(null)}
      customRequest={({ file, onSuccess, onError }) => {
        upload(file as File).then(
          () => onSuccess?.({}),
          (error: unknown) => {
            onError?.(error as Error)
            message.error(errorText(error, say))
          },
        )
      }}
    >
      <Button icon={<UploadOutlined />}>{say('form.choose_file')}</Button>
    </Upload>
  )
  if (!template) return input
  return (
    <Flex vertical gap="small" align="start">
      {input}
      <Button type="link" size="small" icon={<DownloadOutlined />} style={{ padding: 0 }} onClick={() => void fetchTemplate(template)}>
        {say('form.get_template')}
      </Button>
    </Flex>
  )
}
