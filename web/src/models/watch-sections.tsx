/** What is to be done about models that changed or end; and of one model its probes, weights and advisories. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../data/client.ts'
import { advisories, modelProbes, modelTasks, modelWeights } from '../data/model-queries.ts'
import { useMay } from '../data/queries.ts'
import type { ModelProbe, ModelTask } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { TextArea } from '../ui/field.tsx'
import { FormDialog } from '../ui/form-dialog.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { cardHref } from './approval-tag.tsx'

/** Shown only while there is something. */
export function TasksSection() {
  const { data } = useQuery(modelTasks)
  const may = useMay()
  const [closing, setClosing] = useState<ModelTask>()
  if (!data || data.items.length === 0) return null
  return (
    <Section title={say('watch-sections.to-be-done')} count={data.items.length}>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('watch-sections.what')}</th>
            <th scope="col" className="wide">
              {say('watch-sections.applications')}
            </th>
            <th scope="col">{say('watch-sections.until')}</th>
            <th scope="col">
              <span className="sr-only">{say('watch-sections.close')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((task) => (
            <tr key={task.id}>
              <td className="break-words">
                <TextLink href={cardHref(task.model)}>{task.title}</TextLink>
                <p className="text-muted">{task.detail}</p>
              </td>
              <td className="wide">{task.applications.join(', ')}</td>
              <td className="whitespace-nowrap">
                {task.deadline?.slice(0, 10) ?? <span className="text-muted">{say('watch-sections.open')}</span>}
              </td>
              <td>{may('build') && <Button onClick={() => setClosing(task)}>{say('watch-sections.done')}</Button>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {closing && <CloseDialog task={closing} onClose={() => setClosing(undefined)} />}
    </Section>
  )
}

function CloseDialog({ task: { id, title }, onClose }: { task: ModelTask; onClose: () => void }) {
  const [resolution, setResolution] = useState('')
  const cache = useQueryClient()
  const close = useMutation({
    mutationFn: () => client.closeModelTask({ params: { id }, body: { resolution } }),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['model-watch'] })
      onClose()
    },
  })
  return (
    <FormDialog title={title} onClose={onClose} doing={close} submit={say('watch-sections.it-is-done')}>
      <TextArea
        label={say('watch-sections.what-was-done')}
        value={resolution}
        onChange={setResolution}
        minLength={10}
      />
    </FormDialog>
  )
}

const PROBE_TONES = {
  first: 'text-text',
  same: 'text-pass',
  changed: 'text-fail',
  undecided: 'text-inconclusive',
} as const

export function ProbesSection({ model }: { model: string }) {
  const { data } = useQuery(modelProbes(model))
  if (!data || data.items.length === 0) return null
  return (
    <Section
      title={say('watch-sections.does-it-still-answer-as-it-did')}
      note={say('watch-sections.the-same-questions-once-a-day')}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('watch-sections.when')}</th>
            <th scope="col">{say('watch-sections.verdict')}</th>
            <th scope="col">{say('watch-sections.why')}</th>
            <th scope="col" className="wide">
              {say('watch-sections.fingerprint')}
            </th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((probe) => (
            <ProbeRow key={probe.id} probe={probe} />
          ))}
        </tbody>
      </table>
    </Section>
  )
}

const ProbeRow = ({ probe: { at, verdict, failure, fingerprints } }: { probe: ModelProbe }) => (
  <tr>
    <td className="text-muted">
      <Ago at={at} />
    </td>
    <td>
      <Tag tone={verdict ? PROBE_TONES[verdict.kind] : 'text-stale'}>
        {verdict?.kind ?? say('watch-sections.not-asked')}
      </Tag>
    </td>
    <td className="break-words">{verdict?.why ?? failure}</td>
    <td className="wide break-all text-muted">{fingerprints.join(', ') || say('watch-sections.none')}</td>
  </tr>
)

const STATE_TONES = {
  accepted: 'text-pass',
  refused: 'text-fail',
  failed: 'text-fail',
  inspecting: 'text-muted',
} as const

export function WeightsSection({ model }: { model: string }) {
  const weights = useQuery(modelWeights(model)).data?.items ?? []
  const found = useQuery(advisories(model)).data?.items ?? []
  if (weights.length === 0 && found.length === 0) return null
  return (
    <Section title={say('watch-sections.what-it-is-made-of')}>
      {weights.map(({ id, path, state, digest, fileCount, bytes, signature, problems }) => (
        <div key={id} className="mb-3">
          <p className="flex flex-wrap items-center gap-2">
            <Tag tone={STATE_TONES[state]}>{state}</Tag>
            <span className="break-all">{path}</span>
            <span className="text-muted">
              {sayWith('watch-sections.files-gb-signature', {
                fileCount,
                bytes: (bytes / 1e9).toFixed(bytes < 1e8 ? 3 : 1),
                state: signature.state,
              })}
            </span>
          </p>
          {(signature.state === 'verified' || signature.state === 'unverified') && (
            <p className="break-words text-muted">{signature.why}</p>
          )}
          {digest && <p className="font-mono text-[0.75rem] break-all text-muted">{digest}</p>}
          {problems.map((problem) => (
            <p key={problem} className="break-words text-fail">
              {problem}
            </p>
          ))}
        </div>
      ))}
      {found.map(({ id, severity, summary }) => (
        <p key={id} className="break-words">
          <Tag tone={severity === 'critical' || severity === 'high' ? 'text-fail' : 'text-stale'}>{severity}</Tag> {id}:{' '}
          {summary}
        </p>
      ))}
    </Section>
  )
}
