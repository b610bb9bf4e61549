/** The four kinds of steps. Each reads the run so far and adds to it; none knows which step comes next. */
import { allUserTurns, lastUserTurn } from '../core/conversation.ts'
import type { Step } from '../core/flow.ts'
import type { IndexPart } from '../core/manifest.ts'
import { Failure } from '../kernel/failure.ts'
import { type Attributes, contentAttributes, retrievalAttributes, usageAttributes } from './attributes.ts'
import { type GenerateDeps, generate } from './generate.ts'
import { add, type Run } from './run.ts'
import { callTarget, type TargetDeps } from './target.ts'

/** An index of a release, opened; given by `knowledge`. */
export type SearchIndex = {
  search(
    query: string,
    k: number,
  ): readonly { id: string; title: string; text: string; source: string; score: number }[]
}

export type StepDeps = TargetDeps &
  GenerateDeps & {
    readonly openIndex: (part: IndexPart) => Promise<SearchIndex> | SearchIndex
  }

/** Does the step and returns what is worth recording of it. `note` keeps attributes even when the step fails. */
export async function takeStep(
  deps: StepDeps,
  { step, run, note }: { step: Step; run: Run; note: (attributes: Attributes) => void },
): Promise<void> {
  if (step.use === 'retrieve') return retrieve(deps, { step, run, note })
  if (step.use === 'abstain') return abstain({ step, run, note })
  if (step.use === 'generate') return generate(deps, { step, run, note })
  return target(deps, { run, note })
}

/** The id of a passage that an attack has put before the others. */
export const PLANTED = 'planted'

type Of<Use extends Step['use']> = Extract<Step, { use: Use }>
type Note = (attributes: Attributes) => void

async function retrieve(deps: StepDeps, { step, run, note }: { step: Of<'retrieve'>; run: Run; note: Note }) {
  const { index } = run.manifest
  if (!index)
    throw new Failure(
      'invalid',
      'flows.no-index',
      'This release has no index. Add documents under knowledge/ and freeze again.',
    )
  const query = step.query === 'all-user-turns' ? allUserTurns(run.turns) : lastUserTurn(run.turns)
  const searched = (await deps.openIndex(index)).search(query, Math.max(step.k, step.depth ?? step.k))
  const ranked = run.planted?.passage === undefined ? searched : [plantedPassage(run.planted.passage), ...searched]
  const found = ranked.slice(0, step.k)
  run.ranking = ranked.map(({ id }) => id)
  run.passages = found.map(({ id, title, text, source, score }, i) => ({ n: i + 1, id, title, text, source, score }))
  run.hasRetrieved = true
  note(retrievalAttributes({ query, k: step.k, index }, run.passages))
}

/** Whoever plants a text writes it so that it is found, and no step that asks for a score leaves it out. */
const FOUND_SURELY = 1000
const plantedPassage = (text: string) => ({ id: PLANTED, title: 'Note', text, source: PLANTED, score: FOUND_SURELY })

function abstain({ step, run, note }: { step: Of<'abstain'>; run: Run; note: Note }): void {
  const best = run.passages.reduce<number | null>((most, { score }) => Math.max(most ?? score, score), null)
  run.abstained = best === null || best < step.bestScoreBelow
  note({
    'airworthy.abstain.best_score': best,
    'airworthy.abstain.threshold': step.bestScoreBelow,
    'airworthy.abstain.abstained': run.abstained,
  })
  if (run.abstained) run.answer = { text: step.answer, finishReason: 'stop', servedBy: 'flow', citations: [] }
}

async function target(deps: StepDeps, { run, note }: { run: Run; note: Note }) {
  const { target: called } = run.manifest
  if (!called)
    throw new Failure(
      'invalid',
      'flows.no-target',
      'This release has no target. Name one in airworthy.yaml and freeze again.',
    )
  note({
    'gen_ai.operation.name': 'invoke_agent',
    'gen_ai.request.model': called.model,
    'server.address': new URL(called.url).host,
  })
  const answered = await callTarget(deps, { target: called, turns: run.turns, signal: run.signal, onText: run.onText })
  // What an existing application costs is not ours to know.
  add(run, { usage: answered.usage, costMicroUsd: null })
  run.answer = answered
  note({
    ...(answered.responseModel && { 'gen_ai.response.model': answered.responseModel }),
    'gen_ai.response.finish_reasons': [answered.finishReason],
    ...usageAttributes(answered.usage),
    'airworthy.served_by': answered.servedBy,
    ...contentAttributes(run.content, run.turns, answered.text),
  })
}
