/** A swapped model or a converted prompt: flagged where the release stands, with probes on both, proposed and then told. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ModelSwap } from '../../../sdk/index.ts'
import { client } from '../data/client.ts'
import { differenceInUnit, list, minutes, number, price } from '../data/format.ts'
import { useMay } from '../data/queries.ts'
import { ComparisonVerdict } from '../evals/comparison-verdict.tsx'
import { Button, TextLink } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

const POLL_MS = 2000

export function SwapSection({ release }: { release: string }) {
  const { data: found } = useQuery({
    queryKey: ['release', release, 'swap'],
    queryFn: () => client.getModelSwap({ params: { id: release } }),
    refetchInterval: ({ state: { data } }) => (data?.probes.some(({ state }) => state === 'running') ? POLL_MS : false),
  })
  if (!found || found.models.length + found.prompts.length === 0) return null
  return (
    <Section title={titleOf(found)} actions={<Run release={release} found={found} />}>
      <ul className="prose-width mb-3 flex flex-col gap-0.5">
        {found.models.map(({ name, before, now }) => (
          <li key={name}>
            <span className="font-medium">{name}</span>: {before?.model ?? say('swap-section.none')}
            {before?.model === now?.model
              ? say('swap-section.with-other-parameters')
              : say('swap-section.became', { model: now?.model ?? 'none' })}
          </li>
        ))}
        {found.prompts.length > 0 && <li>{say('swap-section.other-words-in', { prompts: list(found.prompts) })}</li>}
      </ul>
      <p className="prose-width mb-3 text-muted">{standing(found)}</p>
      {found.probes.length > 0 && <Probes probes={found.probes} />}
    </Section>
  )
}

function titleOf({ models }: ModelSwap): string {
  if (models.some(({ before, now }) => before?.model !== now?.model)) return say('swap-section.the-model-was-swapped')
  return models.length > 0
    ? say('swap-section.the-model-has-other-parameters')
    : say('swap-section.prompts-have-other-words')
}

function standing({ probes, verdict, quote, set }: ModelSwap): string {
  if (probes.length === 0) return say('swap-section.it-has-no-suite-so-that-nobody')
  const proposed = quote
    ? ` Proposed: ${number(quote.calls)} calls, ${price(quote.costMicroUsd)}, about ${minutes(quote.minutes)}.`
    : ''
  const asked =
    set === 'own' ? say('swap-section.its-own-probes') : say('swap-section.all-its-suites-because-none-says-that')
  return {
    none: '',
    open: say('swap-section.are-asked-of-the-release-before-and', { asked, proposed }),
    worse: say('swap-section.on-at-least-one-of-the-probes'),
    undecided: say('swap-section.the-probes-leave-it-open-whether-it'),
    equivalent: say('swap-section.it-answers-as-well-as-the-release'),
    better: say('swap-section.it-answers-better-than-the-release-before'),
  }[verdict]
}

function Run({ release, found }: { release: string; found: ModelSwap }) {
  const may = useMay()
  const cache = useQueryClient()
  const run = useMutation({
    mutationFn: () => client.runModelSwapProbes({ params: { id: release }, body: {} }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['release', release] }),
  })
  if (!may('build') || !found.quote) return null
  return (
    <>
      <Button tone="primary" busy={run.isPending} onClick={() => run.mutate()}>
        {say('swap-section.ask-both')}
      </Button>
      {run.error && <Trouble failure={run.error} />}
    </>
  )
}

function Probes({ probes }: Pick<ModelSwap, 'probes'>) {
  return (
    <ul className="flex flex-col gap-3">
      {probes.map(({ suite, state, experiment, comparison, unit, why, differing }) => (
        <li key={suite} className="border-b border-line pb-2">
          <p className="flex min-h-7 flex-wrap items-center gap-x-3">
            {experiment ? (
              <TextLink href={`/experiments/${experiment}`}>{suite}</TextLink>
            ) : (
              <span className="font-medium">{suite}</span>
            )}
            {comparison ? (
              <ComparisonVerdict verdict={comparison.verdict} />
            ) : (
              <span className="text-muted">{state}</span>
            )}
            {comparison && comparison.difference !== null && (
              <span className="text-muted">
                {say('swap-section.in', {
                  difference: differenceInUnit(comparison.difference, unit ?? ''),
                  pairs: say('many.pair', { n: comparison.n }),
                  neededN:
                    comparison.neededN !== null &&
                    say('swap-section.about-would-decide', { pairs: say('many.pair', { n: comparison.neededN }) }),
                })}
              </span>
            )}
          </p>
          {why && <p className="text-fail">{why}</p>}
          {differing.length > 0 && (
            <details>
              <summary className="rounded text-muted">
                {say('swap-section.that-differ-most', { answers: say('many.answer', { n: differing.length }) })}
              </summary>
              <dl className="mt-2 flex flex-col gap-3">
                {differing.map(({ example, before, now }) => (
                  <div key={example} className="grid gap-x-6 gap-y-1 md:grid-cols-2">
                    <dt className="font-mono text-[0.75rem] text-muted md:col-span-2">{example}</dt>
                    <dd className="break-words whitespace-pre-wrap text-muted">
                      {before || say('swap-section.nothing')}
                    </dd>
                    <dd className="break-words whitespace-pre-wrap">{now || say('swap-section.nothing')}</dd>
                  </div>
                ))}
              </dl>
            </details>
          )}
        </li>
      ))}
    </ul>
  )
}
