/** Versions with their reasons and where their rows come from, and what changed with each. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { VersionSummary } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number } from '../data/format.ts'
import { trainingRuns } from '../data/model-queries.ts'
import { useNames } from '../data/queries.ts'
import type { TrainingRun } from '../data/shapes.ts'
import { cardHref } from '../models/approval-tag.tsx'
import { Ago, Digest } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { CodeBlock } from '../ui/code-block.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { versions } from './dataset-queries.ts'

const MOST_SHOWN = 200
const SIGNS = { added: '+', removed: '−', changed: '~' } as const

export function VersionsSection({ name }: { name: string }) {
  const query = useQuery(versions(name))
  const trained = useQuery(trainingRuns({ dataset: name })).data?.items ?? []
  const learnedFrom = ({ datasets }: TrainingRun, number: number) =>
    datasets.some((one) => one.kind === 'version' && one.dataset === name && one.version === number)
  const nameOf = useNames()
  const [chosen, setChosen] = useState<number>()
  return (
    <Section title={say('versions-section.versions')} note={say('versions-section.with-where-their-rows-come-from')}>
      <Loaded query={query} rows={4}>
        {({ items }) => (
          <ol className="flex flex-col gap-4">
            {items.map((version) => (
              <li key={version.number} className="border-b border-line pb-3">
                <p className="flex flex-wrap items-center gap-x-3">
                  <TextLink href={`/datasets/${name}?version=${version.number}`}>{version.number}</TextLink>
                  <span>{version.reason}</span>
                  <span className="ml-auto text-muted">
                    {sayWith('versions-section.by', { when: <Ago at={version.at} />, by: nameOf(version.by) })}
                  </span>
                </p>
                <p className="flex flex-wrap items-center gap-x-3 text-muted">
                  <From version={version} />
                  <span>{say('versions-section.rows', { rows: number(version.rows) })}</span>
                  {version.number > 1 ? (
                    <button
                      type="button"
                      className="rounded underline decoration-line-strong underline-offset-3"
                      onClick={() => setChosen(version.number)}
                    >
                      {say('versions-section.added-removed-changed', {
                        added: number(version.added),
                        removed: number(version.removed),
                        changed: number(version.changed),
                      })}
                    </button>
                  ) : (
                    <span>{say('versions-section.added', { added: number(version.added) })}</span>
                  )}
                  {version.quarantined > 0 && (
                    <span>{say('versions-section.in-quarantine', { quarantined: number(version.quarantined) })}</span>
                  )}
                  <Digest value={version.digest} />
                </p>
                <TrainedOnIt runs={trained.filter((run) => learnedFrom(run, version.number))} />
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      {chosen !== undefined && <Difference name={name} to={chosen} onClose={() => setChosen(undefined)} />}
    </Section>
  )
}

/** Models that learned from a version. */
function TrainedOnIt({ runs }: { runs: readonly TrainingRun[] }) {
  const models = [...new Set(runs.map(({ model }) => model))]
  if (models.length === 0) return null
  return (
    <p className="[overflow-wrap:anywhere]">
      {say('versions-section.learned-from-it')}{' '}
      {models.map((model) => (
        <TextLink key={model} href={cardHref(model)} className="mr-3">
          {model}
        </TextLink>
      ))}
    </p>
  )
}

function From({ version: { lineage } }: { version: VersionSummary }) {
  const { kind, from, producer, steps } = lineage
  return (
    <span className="min-w-0 break-all">
      {kind === 'trace' ? (
        <TextLink href={`/traces/${from}`}>{say('versions-section.trace', { from: from.slice(0, 8) })}</TextLink>
      ) : (
        [kind, from].filter((word, at, all) => at === 0 || word !== all[0]).join(' ')
      )}
      {producer && say('versions-section.of', { producer })}
      {steps.length > 0 &&
        say('versions-section.after', { steps: steps.map((step) => `${step.name}@${step.version}`).join(', ') })}
    </span>
  )
}

function Difference({ name, to, onClose }: { name: string; to: number; onClose: () => void }) {
  const query = useQuery({
    queryKey: ['dataset', name, 'diff', to],
    queryFn: () =>
      client.diffDatasetVersions({ params: { dataset: name }, query: { from: to - 1, to, limit: MOST_SHOWN } }),
  })
  return (
    <Dialog
      title={say('versions-section.version-against', { to, to2: to - 1 })}
      onClose={onClose}
      width="max-w-[46rem]"
    >
      <Loaded query={query}>
        {({ items, next, hidden }) => (
          <>
            <CodeBlock height="max-h-[60vh]">
              {items
                .map(({ id, kind, before, after }) =>
                  kind === 'changed'
                    ? `~ ${id}\n  − ${JSON.stringify(before)}\n  + ${JSON.stringify(after)}`
                    : `${SIGNS[kind]} ${id}  ${JSON.stringify(after ?? before)}`,
                )
                .join('\n') || say('versions-section.nothing-that-is-shown')}
            </CodeBlock>
            <p className="mt-2 text-muted">
              {next && say('versions-section.the-first', { mostShown: MOST_SHOWN })}
              {hidden > 0 && say('versions-section.held-out-rows-changed-too', { hidden: number(hidden) })}
            </p>
          </>
        )}
      </Loaded>
    </Dialog>
  )
}
