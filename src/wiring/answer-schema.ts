/**
 * Answers of a release held against the schema that the prompt of its last answering step declares, with the same
 * evaluator as in an experiment. A caller that parses answers breaks on the first that does not fit.
 */
import { isCut } from '../core/asked.ts'
import { Example } from '../core/dataset.ts'
import type { Outcome } from '../core/outcome.ts'
import type { Release, ReleaseId } from '../core/release.ts'
import { type Answered, prepareEvaluators, type Scorer } from '../evals/index.ts'
import { outputSchemaOf } from '../prompts/index.ts'
import { HELD_STEP, outcomeOf, outcomesOf, type Settled } from '../telemetry/index.ts'

/** Releases whose schema is kept ready; of more the oldest is read again. */
const MOST_KEPT = 200

/** Told of a settled request: what a rollout learns from it, with whether the answer fits its schema. */
export type OutcomesOf = (event: Settled) => Outcome[] | Promise<Outcome[]>

export function createOutcomesOf(releaseOf: (id: ReleaseId) => Release | undefined): OutcomesOf {
  const kept = new Map<ReleaseId, Promise<Scorer | undefined> | undefined>()

  function scorerOf(id: ReleaseId): Promise<Scorer | undefined> | undefined {
    if (kept.has(id)) return kept.get(id)
    const release = releaseOf(id)
    if (!release) return undefined
    if (kept.size >= MOST_KEPT) for (const first of [...kept.keys()].slice(0, 1)) kept.delete(first)
    const declared = declaredOutput(release)
    const scorer = declared && scorerFor(declared)
    kept.set(id, scorer)
    return scorer
  }

  return (event) => {
    const outcomes = outcomesOf(event)
    const { release, rollout, status } = event
    // What waits for a person was answered by nobody yet.
    const isAnswer = status === 'complete' && !event.steps.some(({ kind }) => kind === HELD_STEP)
    const scorer = rollout && release && isAnswer ? scorerOf(release) : undefined
    return scorer ? scorer.then(async (score) => [...outcomes, ...(await schemaOutcome(event, score))]) : outcomes
  }
}

function declaredOutput({ manifest: { flow, prompts } }: Release): Record<string, unknown> | undefined {
  const last = flow.steps.findLast(({ use }) => use === 'generate' || use === 'call-target')
  const prompt = last?.use === 'generate' ? prompts.find(({ name }) => name === last.prompt) : undefined
  return prompt?.frontMatter.output === undefined ? undefined : prompt.frontMatter
}

async function scorerFor(frontMatter: Record<string, unknown>): Promise<Scorer | undefined> {
  // The lint of the prompt has named what is no schema; here nothing is held against it.
  const schema = await outputSchemaOf(frontMatter).catch(() => undefined)
  return schema && prepareEvaluators([{ use: 'json-schema', options: { schema } }])[0]?.score
}

async function schemaOutcome(event: Settled, score: Scorer | undefined): Promise<Outcome[]> {
  if (!score || isCut(event.output)) return []
  const example = Example.parse({ id: event.traceId, input: 'live' })
  const { score: fits } = await score(
    { example, answer: event.output, result: NOTHING_ELSE },
    { signal: new AbortController().signal },
  )
  return fits === null ? [] : outcomeOf(event, 'schema-failure', 1 - fits)
}

const NOTHING_ELSE: Answered = {
  ...{ abstained: false, passages: [], citations: [], invalidCitations: [], latencyMs: 0, costMicroUsd: null },
}
