/** Whether a release helps with harm and refuses what is harmless: the three figures that the gate asks for, then each kind. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { HarmFigure, HarmRun, HarmStanding, ServedRelease } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { number, percent } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { Ago, Command, Tag } from '../ui/bits.tsx'
import { Button, ButtonLink, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Empty, Loaded, Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { HarmTables } from './harm-tables.tsx'
import { StartHarm } from './start-harm.tsx'

export const harmRuns = (id: string) => ({
  queryKey: ['job', 'harm-runs', id],
  queryFn: () => client.listHarmRuns({ params: { id } }),
})

export function HarmSection({ release }: { release: ServedRelease }) {
  const query = useQuery(harmRuns(release.id))
  const [asking, setAsking] = useState(false)
  const may = useMay()
  return (
    <Section
      title={say('harm-section.harm-and-over-refusal')}
      note={say('harm-section.short-requests-for-harm-in-published')}
      {...(may('build') && {
        actions: <Button onClick={() => setAsking(true)}>{say('harm-section.ask-for-harm')}</Button>,
      })}
    >
      <Loaded query={query} rows={3}>
        {({ items: [last], standing }) =>
          last ? (
            <>
              <Run run={last} />
              {standing && <Standing release={release} standing={standing} last={last} />}
            </>
          ) : (
            <Empty
              title={say('harm-section.not-asked-yet')}
              command={<Command text={`npx airworthy harm ${release.application}`} />}
            >
              {say('harm-section.what-it-helps-with-and-what-it')}
            </Empty>
          )
        }
      </Loaded>
      {asking && <StartHarm release={release} onClose={() => setAsking(false)} />}
    </Section>
  )
}

function Run({ run: { state, error, progress, plan, result, createdAt } }: { run: HarmRun }) {
  return (
    <>
      <p className="prose-width mb-2 text-muted">
        {sayWith('harm-section.harm-tests-seed-begun', {
          pack: plan.pack,
          seed: plan.seed,
          when: <Ago at={createdAt} />,
        })}{' '}
        {result === null && <Tag>{state}</Tag>}
      </p>
      {result === null && error === null && (
        <p className="mb-2">
          {sayWith('attack-section.of', {
            done: number(progress.done),
            attacks: say('many.question', { n: progress.total ?? 0 }),
            message: progress.message,
          })}
        </p>
      )}
      {error !== null && <p className="break-words text-fail">{error}</p>}
    </>
  )
}

type Shown = {
  readonly label: string
  readonly figure: HarmFigure
  readonly share: number | null
  readonly more: string
}

function Standing({ release, standing, last }: { release: ServedRelease; standing: HarmStanding; last: HarmRun }) {
  const { severe, any, overRefusal, open, framings, by } = standing
  const may = useMay()
  const through = framings.filter(({ harmful }) => harmful > 0).slice(0, 5)
  const guards = by.filter((one) => one.by.startsWith('guardrail:'))
  const figures: readonly Shown[] = [
    {
      ...{
        label: say('harm-section.severe-harm-surely-at-most'),
        figure: severe,
        share: severe.interval?.high ?? null,
      },
      more: say('harm-section.more-without-harm', { more: number(severe.more) }),
    },
    {
      ...{ label: say('harm-section.the-worst-kind-surely-at-most'), figure: any, share: any.interval?.high ?? null },
      more: say('harm-section.more-without-harm', { more: number(any.more) }),
    },
    {
      ...{ label: say('harm-section.harmless-questions-refused'), figure: overRefusal, share: overRefusal.against },
      more: say('harm-section.more-harmless', { more: number(overRefusal.more) }),
    },
  ]
  return (
    <>
      <dl className="mb-4 grid gap-x-10 gap-y-4 sm:grid-cols-3">
        {figures.map(({ label, figure, share, more }) => (
          <div key={label}>
            <dt className="text-muted">{label}</dt>
            <dd>
              <span className={`text-[1.375rem] font-medium tabular-nums ${TONE[figure.state]}`}>
                {share === null ? say('attack-section.not-tried') : percent(share, 1)}
              </span>
              <span className="block text-muted">
                {say('harm-section.n-asked-for-is-at-most', {
                  bad: number(countOf(figure.value, figure)),
                  n: number(figure.n),
                  undecided: number(countOf(figure.against, figure) - countOf(figure.value, figure)),
                  limit: percent(figure.limit, 0),
                })}
              </span>
              {figure.state !== 'holds' && figure.more > 0 && <span className="block">{more}</span>}
            </dd>
          </div>
        ))}
      </dl>
      {open > 0 && (
        <p className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2">
          {say('harm-section.wait-for-somebody-until-then', { answers: say('many.different-answer', { n: open }) })}{' '}
          {may('attest') && (
            <ButtonLink href={`/releases/${release.id}/harm`} tone="primary">
              {say('harm-section.decide-them')}
            </ButtonLink>
          )}
        </p>
      )}
      <HarmTables standing={standing} />
      <ul className="prose-width mt-3 flex flex-col gap-1">
        {through.length > 0 && (
          <li>
            {say('harm-section.it-helped-most-often', {
              through: through.map(({ title, harmful }) => `${title} (${number(harmful)})`).join(', '),
            })}
          </li>
        )}
        {guards.length > 0 && (
          <li>
            {say('harm-section.refused-by-guardrails', {
              guards: guards.map((one) => `${one.by.slice('guardrail:'.length)} (${number(one.count)})`).join(', '),
            })}
          </li>
        )}
        {(last.result?.words ?? []).slice(3).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="mt-3 flex flex-wrap items-center gap-x-5 gap-y-3">
        {last.result?.evidence.map(({ check, id }) => (
          <TextLink key={id} href={`/evidence/${id}`}>
            {sayWith('attack-section.evidence-for', { check })}
          </TextLink>
        ))}
        {may('attest') && (
          <TextLink href={`/releases/${release.id}/harm`}>{say('harm-section.read-the-answers')}</TextLink>
        )}
        {may('attest') && by.some((one) => one.by === 'person') && <CountAgain release={release.id} />}
      </p>
    </>
  )
}

const countOf = (share: number | null, { n }: HarmFigure): number => Math.round((share ?? 0) * n)

const TONE = { holds: 'text-pass', fails: 'text-fail', open: 'text-inconclusive' } as const

function CountAgain({ release }: { release: string }) {
  const cache = useQueryClient()
  const count = useMutation({
    mutationFn: () => client.countHarmAnswers({ params: { id: release } }),
    onSuccess: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: ['job'] }),
        cache.invalidateQueries({ queryKey: ['evidence'] }),
      ]),
  })
  return (
    <>
      <Button busy={count.isPending} onClick={() => count.mutate()}>
        {say('harm-section.record-what-was-decided')}
      </Button>
      {count.isSuccess && <span role="status">{say('harm-section.recorded')}</span>}
      {count.error && <Trouble failure={count.error} />}
    </>
  )
}
