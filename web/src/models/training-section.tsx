/** How a model of our own was trained: whether its lineage is complete, what is missing, and what was recorded. */
import { useQuery } from '@tanstack/react-query'
import { money, number } from '../data/format.ts'
import { modelLineage, trainingRuns } from '../data/model-queries.ts'
import { useNames } from '../data/queries.ts'
import type { ModelLineage, TrainingRun } from '../data/shapes.ts'
import { Ago, Tag } from '../ui/bits.tsx'
import { TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { cardHref } from './approval-tag.tsx'

/** Shown only for a model that was trained here. */
export function TrainingSection({ model }: { model: string }) {
  const lineage = useQuery(modelLineage(model)).data
  const runs = useQuery(trainingRuns({ model })).data?.items ?? []
  if (!lineage?.own) return null
  return (
    <Section title={say('training-section.how-it-was-trained')} count={runs.length}>
      <LineageLead lineage={lineage} />
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('training-section.part')}</th>
            <th scope="col">{say('training-section.state')}</th>
            <th scope="col">{say('training-section.what-is-known')}</th>
          </tr>
        </thead>
        <tbody>
          {lineage.parts.map(({ part, state, says }) => (
            <tr key={part}>
              <td className="text-muted">{PARTS[part]}</td>
              <td>
                <Tag tone={state === 'known' ? 'text-pass' : 'text-inconclusive'}>{STATES[state]}</Tag>
              </td>
              <td className="[overflow-wrap:anywhere]">
                <PartText part={part} says={says} lineage={lineage} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {runs.map((run) => (
        <RunLine key={run.id} run={run} isJudged={run.id === lineage.run} />
      ))}
    </Section>
  )
}

/** One sentence, for the card and for a release that uses the model. */
export function LineageLead({ lineage }: { lineage: ModelLineage }) {
  return (
    <div className="prose-width mb-3">
      <p className={lineage.complete ? '' : 'text-inconclusive'}>
        {lineage.complete
          ? say('training-section.its-lineage-is-complete')
          : say('training-section.of-its-lineage-is-missing', { n: lineage.missing.length })}
      </p>
      {lineage.notes.map((note) => (
        <p key={note} className="text-stale">
          {note}
        </p>
      ))}
    </div>
  )
}

const PARTS: Readonly<Record<ModelLineage['parts'][number]['part'], string>> = {
  run: say('training-section.record'),
  method: say('training-section.method'),
  base: say('training-section.made-from'),
  data: say('training-section.learned-from'),
  code: say('training-section.code'),
  parameters: say('training-section.parameters'),
  seed: say('training-section.seed'),
  weights: say('training-section.weights'),
}
const STATES = { known: say('training-section.known'), missing: say('training-section.missing') } as const

/** What it was made from and learned from leads there. */
function PartText({
  part,
  says,
  lineage,
}: Pick<ModelLineage['parts'][number], 'part' | 'says'> & { lineage: ModelLineage }) {
  const isWhole = lineage.parts.find((one) => one.part === part)?.state === 'known'
  if (part === 'base' && isWhole && lineage.bases.length > 0)
    return lineage.bases.map(({ said, model, licence }) => (
      <p key={said}>
        {model === null ? said : <TextLink href={cardHref(model)}>{said}</TextLink>}{' '}
        <span className="text-muted">{licence}</span>
      </p>
    ))
  if (part === 'data' && isWhole) return lineage.data.map((one) => <DataLine key={one.digest} one={one} />)
  return says
}

const DataLine = ({ one }: { one: ModelLineage['data'][number] }) =>
  one.kind === 'version' ? (
    <p>
      <TextLink href={`/datasets/${one.dataset}?version=${one.version}`}>
        {say('training-section.version', { dataset: one.dataset, version: one.version })}
      </TextLink>
    </p>
  ) : (
    <p>
      {one.name} <span className="text-muted">{[one.licence, one.source].filter(Boolean).join(', ')}</span>
    </p>
  )

function RunLine({ run, isJudged }: { run: TrainingRun; isJudged: boolean }) {
  const nameOf = useNames()
  const { id, method, hardware, costMicroUsd, frameworks, figures, replaces, recordedAt, recordedBy, note } = run
  const facts = [
    method,
    hardware && `${hardware.count} × ${hardware.name}, ${say('training-section.hours', { n: hardware.hours })}`,
    costMicroUsd !== null && money(costMicroUsd),
    ...Object.entries(frameworks).map(([name, version]) => `${name} ${version}`),
    ...figures.map(figureInWords),
    replaces && say('training-section.in-the-place-of', { replaces }),
    note,
  ]
  return (
    <div className="mt-3 [overflow-wrap:anywhere]">
      <p className="flex flex-wrap items-center gap-x-3">
        <span className={isJudged ? 'font-medium' : ''}>{id}</span>
        <span className="ml-auto text-muted">
          {sayWith('training-section.recorded-by', { when: <Ago at={recordedAt} />, by: nameOf(recordedBy) })}
        </span>
      </p>
      <p className="text-muted">{facts.filter(Boolean).join(' · ')}</p>
    </div>
  )
}

function figureInWords({ name, value, n, low, high }: TrainingRun['figures'][number]): string {
  const interval = low === null || high === null ? '' : ` (${number(low)} – ${number(high)})`
  return `${name} ${number(value)}${interval}, ${n === null ? say('training-section.n-unknown') : `n ${number(n)}`}`
}
