import { useQuery } from '@tanstack/react-query'
import { Alert, Badge, Button, Card, Flex, Form, Input, Tabs } from 'antd'
import { useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { get } from '../../api/request'
import { Failure } from '../../components/Failure'
import { Loading } from '../../components/Loading'
import { useCommand } from '../../form/useCommand'
import { errorText, useWords } from '../../i18n/words'
import { CaseKeeper } from './CaseKeeper'
import { contentOf, type DecisionAnswer, type NodePlace, placeNamed, type SavedStrategy, type Strategy, type StrategyContent } from './decision'
import { FieldsTab } from './FieldsTab'
import { Findings } from './Findings'
import { GraphTab } from './GraphTab'
import { RuleCatalogue } from './RuleCatalogue'
import { Unsaved } from './Unsaved'
import { VersionSelect } from './VersionSelect'

/** A draft of a strategy that is changed (`?draft=7`), or a new one that begins as a copy (`?copy=7`). */
export default function StrategyEditor() {
  const [address] = useSearchParams()
  const draft = address.get('draft')
  const source = draft ?? address.get('copy')
  const { data, error } = useQuery({
    queryKey: ['detail', `/strategy-versions/${source ?? ''}`],
    queryFn: () => get<Strategy>(`/strategy-versions/${source ?? ''}`),
    enabled: source !== null,
  })
  if (error) return <Failure error={error} />
  if (source === null) return <SourceChoice />
  return data ? <Editor key={`${draft ?? 'copy'} ${data.id}`} version={data} isDraft={draft !== null} /> : <Loading />
}

/** Which version the new one begins as. */
function SourceChoice() {
  const say = useWords()
  const navigate = useNavigate()
  return (
    <Card title={say('strategy.editor')}>
      <Form layout="vertical">
        <Form.Item label={say('strategy.choose_version')} htmlFor="version">
          <VersionSelect id="version" onChange={(id) => void navigate(`/risk/strategy-editor?copy=${id}`, { replace: true })} />
        </Form.Item>
      </Form>
    </Card>
  )
}

/** Saving: the draft must still be the one that was opened, or the server refuses. */
function useSaving(version: Strategy, isDraft: boolean) {
  const say = useWords()
  const create = useCommand<SavedStrategy>('strategy_version_create')
  const update = useCommand<SavedStrategy>('strategy_version_update')
  const [last, setLast] = useState<Pick<SavedStrategy, 'revision' | 'compile_findings' | 'compile_warnings'>>(version)
  const [problem, setProblem] = useState('')
  const save = async (content: StrategyContent, note: string): Promise<SavedStrategy | null> => {
    const { strategy } = version
    const whole = { ...content, note }
    try {
      setProblem('')
      const done = isDraft
        ? await update.run({ strategy_version_id: version.id, revision: last.revision, ...whole })
        : await create.run({ strategy, ...whole })
      if (done?.result) setLast(done.result)
      return done?.result ?? null
    } catch (error) {
      setProblem(errorText(error, say))
      return null
    }
  }
  return { save, last, problem, isBusy: create.isBusy || update.isBusy }
}

function Editor({ version, isDraft }: { version: Strategy; isDraft: boolean }) {
  const say = useWords()
  const navigate = useNavigate()
  const { save, last, problem, isBusy } = useSaving(version, isDraft)
  const [content, setContent] = useState(() => contentOf(version))
  const [saved, setSaved] = useState(content)
  const [note, setNote] = useState(isDraft ? version.note : '')
  const [tab, setTab] = useState('graph')
  const [drawn, setDrawn] = useState<DecisionAnswer | null>(null)
  const [part, setPart] = useState<string | null>(null)
  const [opened, setOpened] = useState<NodePlace>()
  const isDirty = content !== saved
  const send = async () => {
    const done = await save(content, note)
    if (!done) return
    setSaved(content)
    if (!isDraft) void navigate(`/risk/strategy-editor?draft=${done.id}`, { replace: true })
  }
  const open = (name: string) => {
    const place = placeNamed(name, content.graph)
    if (place === undefined) return undefined
    return () => {
      setTab('graph')
      setPart(place.part)
      setOpened(place)
    }
  }
  const found = last.compile_findings.length + last.compile_warnings.length
  return (
    <Flex vertical gap="middle">
      <Card size="small" variant="borderless" style={{ position: 'sticky', top: 56, zIndex: 5 }}>
        <Flex gap="middle" align="center" wrap justify="space-between">
          <strong>
            {version.strategy_name} · {say(isDraft ? 'strategy.draft_no' : 'strategy.copy_of', { no: version.version_no })}
          </strong>
          <Flex gap="small">
            <Input value={note} maxLength={200} placeholder={say('strategy.note')} onChange={(event) => setNote(event.target.value)} />
            {isDraft && (
              <Link to={`/risk/strategy-versions/${version.id}`}>
                <Button>{say('strategy.to_version')}</Button>
              </Link>
            )}
            <Button type="primary" loading={isBusy} onClick={() => void send()}>
              {say('strategy.save_draft')}
            </Button>
          </Flex>
        </Flex>
      </Card>
      <Unsaved isDirty={isDirty} />
      {problem && <Alert showIcon type="error" title={problem} />}
      <Card size="small" variant="borderless">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          items={[
            {
              key: 'graph',
              label: say('strategy.graph'),
              children: (
                <GraphTab
                  graph={content.graph}
                  part={part}
                  trace={drawn?.trace}
                  opened={opened}
                  onShow={setPart}
                  onChange={(graph) => setContent((now) => ({ ...now, graph }))}
                />
              ),
            },
            {
              key: 'findings',
              label: (
                <Badge count={found} size="small" offset={[8, 0]} color={last.compile_findings.length ? 'red' : 'orange'}>
                  {say('strategy.findings')}
                </Badge>
              ),
              children: <Findings findings={last.compile_findings} warnings={last.compile_warnings} open={open} />,
            },
            {
              key: 'rules',
              label: say('strategy.catalogue'),
              children: <RuleCatalogue rules={content.rules} onChange={(rules) => setContent((now) => ({ ...now, rules }))} />,
            },
            {
              key: 'fields',
              label: say('strategy.fields'),
              children: <FieldsTab content={content} onChange={(part) => setContent((now) => ({ ...now, ...part }))} />,
            },
            {
              key: 'cases',
              label: say('strategy.simulator'),
              children: (
                <CaseKeeper
                  version={version}
                  cases={content.cases}
                  isBehind={isDirty || !isDraft}
                  onChange={(cases) => setContent((now) => ({ ...now, cases }))}
                  onDraw={(answer) => {
                    setDrawn(answer)
                    setTab('graph')
                    setPart(null)
                    setOpened({ part: null, node: 'graph' })
                  }}
                />
              ),
            },
          ]}
        />
      </Card>
    </Flex>
  )
}
