import { UploadOutlined } from '@ant-design/icons'
import { App, Button, Upload, type UploadFile } from 'antd'
import { useState } from 'react'
import { fileUpload } from '../../api/files'
import { errorText, useWords } from '../../i18n/words'
import type { InputProps } from './props'

const TYPES = 'image/jpeg,image/png,application/pdf,.csv'

/** A file is kept on the server as soon as it is chosen; the form holds its id. */
export function FileInput({ onChange, disabled = false, id }: InputProps<number>) {
  const say = useWords()
  const { message } = App.useApp()
  const [files, setFiles] = useState<UploadFile[]>([])
  const upload = async (file: File) => {
    const { file_id } = await fileUpload(file)
    onChange?.(file_id)
  }
  return (
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
}
