/** Asks a judge about what people labelled, a few at a time. */
import { isCapReached } from '../../core/cap-reached.ts'
import { Example } from '../../core/dataset.ts'
import { Failure } from '../../kernel/failure.ts'
import type { Annotation } from '../annotation/index.ts'
import type { Reach, Scorer } from '../evaluators/index.ts'
import type { CalibrationCase } from './calibration.ts'

export const AT_A_TIME = 4
/** From this score on a judge has said "good": in calibrations and where its errors are taken out. */
export const GOOD_FROM = 0.5

type Labelled = Awaited<ReturnType<Annotation['labelled']>>

export async function askPeople(
  { score, queue, items }: { score: Scorer } & Labelled,
  reach: Reach,
  onDone: (done: number, total: number) => Promise<void>,
): Promise<CalibrationCase[]> {
  const isGood = new Map(queue.choices.map((choice) => [choice.value, choice.isGood]))
  const open = labelledItems(items)
  const cases: (CalibrationCase | undefined)[] = []
  let done = 0
  for (let from = 0; from < open.length; from += AT_A_TIME) {
    const some = open.slice(from, from + AT_A_TIME)
    const judged = some.map(async (item) => caseOf(item, await verdictOf(item, score, reach), isGood))
    cases.push(...(await Promise.all(judged).catch((thrown) => refuseRest(thrown, { done, total: open.length }))))
    reach.signal.throwIfAborted()
    done += some.length
    await onDone(done, open.length)
  }
  return cases.filter((one) => one !== undefined)
}

export const labelledItems = (items: Labelled['items']) => items.filter(({ labels }) => labels.length > 0)

/** A labelled answer as evaluators take it. */
export function rowOf(item: Labelled['items'][number]): Parameters<Scorer>[0] {
  const example = Example.parse({ id: item.id, input: item.input, expected: item.expected, split: 'calibration' })
  const result = {
    abstained: false,
    passages: [],
    texts: item.passages.map((text, at) => ({ id: String(at + 1), text })),
    citations: [],
    invalidCitations: [],
    latencyMs: 0,
    costMicroUsd: null,
  }
  return { example, answer: item.answer, result }
}

/** Says what is missing where a cap ended it. */
function refuseRest(thrown: unknown, { done, total }: { done: number; total: number }): never {
  if (!isCapReached(thrown)) throw thrown
  throw new Failure(
    'limited',
    'evals.calibration-capped',
    `${done} of ${total} answers were judged and ${total - done} are missing, so nothing is said of the judge. ${thrown.message} What was answered is kept: ask for the same calibration again then, and it goes on.`,
    { facts: thrown.facts },
  )
}

/** true or false; null when its answer could not be read; undefined when the judge does not apply. */
async function verdictOf(
  item: Labelled['items'][number],
  score: Scorer,
  reach: Reach,
): Promise<boolean | null | undefined> {
  try {
    const { score: value } = await score(rowOf(item), reach)
    return value === null ? undefined : value >= GOOD_FROM
  } catch (thrown) {
    // Nothing is concluded from those that were judged before: a part of the cases is another sample.
    if (isCapReached(thrown)) throw thrown
    // What it says may be nonsense and it may not be reached: neither is a verdict, and both count against it.
    return null
  }
}

function caseOf(
  { id, labels, adjudicated, answer }: Labelled['items'][number],
  verdict: boolean | null | undefined,
  isGood: ReadonlyMap<string, boolean | null>,
): CalibrationCase | undefined {
  if (verdict === undefined) return undefined
  const agreed = adjudicated ? isGood.get(adjudicated.value) : undefined
  return {
    id,
    labels: labels.map(({ by, value }) => ({ by, value: value === null ? null : (isGood.get(value) ?? null) })),
    ...(typeof agreed === 'boolean' && { agreed }),
    verdict,
    characters: answer.length,
    formatted: /^(?:#{1,6} |[-*] |\d+\. )|\*\*/m.test(answer),
  }
}
