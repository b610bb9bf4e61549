/** Rounds as Markdown, for a file beside the decision or for whoever asks how the model came to be chosen. */
import { oneLine } from '../../kernel/one-line.ts'
import type { ModelRound, RoundStep } from './contract.ts'

export function roundsText(application: string, rounds: readonly ModelRound[]): string {
  const parts = rounds.map(({ number, title, ledBy, createdAt, createdBy, steps, outcome }) =>
    [
      `## Round ${number}: ${flat(title)}`,
      `Opened ${day(createdAt)} by ${createdBy}.${ledBy === null ? '' : ` What led to it: ${flat(ledBy)}`}`,
      ...(steps.length === 0 ? [] : [steps.map((step) => `- ${day(step.at)}: ${stepText(step)}`).join('\n')]),
      outcome === null
        ? 'It is open.'
        : `Outcome, ${day(outcome.at)}: ${outcome.kind}${outcome.model === null ? '' : ` ${outcome.model}`}. ${flat(outcome.reason)}`,
    ].join('\n\n'),
  )
  const lead = `# How the model of ${application} was chosen and adapted`
  return `${[lead, ...(parts.length === 0 ? ['No round was opened yet.'] : parts)].join('\n\n')}\n`
}

const flat = (text: string): string => oneLine(text.replace(/\s+/g, ' '))
const day = (at: string): string => at.slice(0, 10)

function stepText(step: RoundStep): string {
  if (step.kind === 'adaptation')
    return `adapted: ${flat(step.what)}${step.release === null ? '' : ` (${step.release})`}`
  if (step.kind === 'shortlist') {
    const { shortlist, title, looked, left, chosen } = step
    const found = chosen === null ? `${left.length} of ${looked} left: ${left.join(', ')}` : `${chosen} of ${looked}`
    return `shortlist ${flat(title)} (${shortlist}): ${found}.`
  }
  if (step.kind === 'tuning') {
    const { prompt, suite, evaluator, calls, proposer, present, best } = step
    const proposed = proposer === null ? '' : `, with proposals of ${proposer}`
    return `tuned ${prompt} on the build split of ${suite}${proposed} (${calls} calls): ${evaluator} ${figure(present)} as it was, ${figure(best)} with “${flat(best.title)}”.`
  }
  const { suite, evaluator, reference, items, weighing } = step
  const compared = items.map(({ model, quality, difference, costPerTaskMicroUsd }) =>
    [
      `  - ${model}: ${figure({ mean: quality.value, ...quality })}`,
      ...(difference ? [`${difference.verdict} beside ${reference} over ${difference.pairs} pairs`] : []),
      costPerTaskMicroUsd === null ? 'cost not known' : `${costPerTaskMicroUsd} micro-USD a task`,
    ].join(', '),
  )
  const weighed = weighing
    ? ` Weighed by ${Object.entries(weighing.weights)
        .map(([name, weight]) => `${name} ${weight}`)
        .join(', ')}: ${weighing.clear === null ? 'the lead is open' : `${weighing.clear} leads whatever is unknown`}.`
    : ''
  return [`compared on ${suite} by ${evaluator}.${weighed}`, ...compared].join('\n')
}

const figure = ({
  mean,
  interval,
  n,
}: {
  mean: number | null
  interval: { low: number; high: number } | null
  n: number
}) =>
  mean === null
    ? 'no score'
    : `${mean.toFixed(3)}${interval === null ? '' : ` (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`}, n ${n}`
