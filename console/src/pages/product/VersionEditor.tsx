import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { useNavigate, useSearchParams } from 'react-router'
import { get } from '../../api/request'
import type { components } from '../../api/schema'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { CommandPage } from '../../form/CommandPage'
import type { Values } from '../../form/values'
import { useWords } from '../../i18n/words'
import { TERM_GROUPS } from './groups'

type Version = components['schemas']['ProductVersionDetail']

/** A new version of a product, a copy of one (`?copy=3`), or a draft that is changed (`?draft=4`). */
export default function VersionEditor() {
  const [address] = useSearchParams()
  const draft = address.get('draft')
  const source = draft ?? address.get('copy')
  const { data, error } = useQuery({
    queryKey: ['detail', `/product-versions/${source ?? ''}`],
    queryFn: () => get<Version>(`/product-versions/${source ?? ''}`),
    enabled: source !== null,
  })
  if (error) return <Failure error={error} />
  if (source !== null && !data) return <Loading />
  return <Editor key={source} version={data} isDraft={draft !== null} product={address.get('product')} />
}

interface EditorProps {
  version: Version | undefined
  isDraft: boolean
  product: string | null
}

function Editor({ version, isDraft, product }: EditorProps) {
  const say = useWords()
  const navigate = useNavigate()
  const values: Values = version ? { product: version.product, terms: version.terms, note: isDraft ? version.note : '' } : {}
  const fixed = isDraft && version ? { product_version_id: version.id, revision: version.revision } : {}
  return (
    <>
      <Alert showIcon type="info" title={say('product.hint')} style={{ marginBottom: 16 }} />
      <CommandPage
        command={isDraft ? 'product_version_update' : 'product_version_create'}
        title={say(isDraft ? 'product.edit' : 'product.new_version')}
        // A product or revision is what the person chose here, not the identity of a row.
        values={isDraft ? values : { terms: values.terms, note: values.note, ...(product ? { product } : {}) }}
        fixed={isDraft ? fixed : version ? { product: version.product } : {}}
        groups={TERM_GROUPS}
        onDone={({ result }) => void navigate(`/product/versions/${result?.id as number}`)}
      />
    </>
  )
}
