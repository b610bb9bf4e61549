/** The lines of decision.yaml that a decided shortlist answers: who was chosen, who was not, and why. */
import type { Shortlist, ShortlistDecision } from './contract.ts'
import { WEIGHED, type WeighedModel } from './weighing.ts'

/** Strings are written as JSON, which YAML reads as they are. */
export function decisionText(
  { id, title, candidates, eliminations, decision, createdAt }: Shortlist,
  comparisons: readonly string[],
): string {
  const rejected = candidates.flatMap(({ model, outcome, reasons }) => {
    if (model === decision?.chosen) return []
    const byHand = eliminations.filter((one) => one.model === model).map(({ reason }) => reason)
    const said = [
      ...(outcome === 'eliminated' ? reasons.map(({ why }) => why) : []),
      ...byHand,
      ...weighedInWords(model, decision),
    ]
    return said.length === 0 ? [] : [{ option: model, reasons: said }]
  })
  const text = (value: string) => JSON.stringify(value)
  const option = ({ option: name, reasons }: { option: string; reasons: readonly string[] }, lead: string) =>
    [
      `${lead}option: ${text(name)}`,
      `${' '.repeat(lead.length)}reasons:`,
      ...reasons.map((reason) => `${' '.repeat(lead.length + 2)}- ${text(reason)}`),
    ].join('\n')
  return [
    `# From the shortlist ${id}, ${createdAt.slice(0, 10)}: ${title.replace(/\s+/g, ' ')}`,
    ...(decision
      ? [
          'chosen:',
          option(
            {
              option: decision.chosen,
              reasons: [...decision.reasons, ...weighedInWords(decision.chosen, decision), ...leadInWords(decision)],
            },
            '  ',
          ),
        ]
      : []),
    ...(rejected.length > 0 ? ['rejected:', ...rejected.map((one) => option(one, '  - '))] : []),
    ...(comparisons.length > 0 ? ['experiments:', ...comparisons.map((one) => `  - ${text(one)}`)] : []),
    ...(decision?.dissent ? [`dissent: ${text(decision.dissent)}`] : []),
    ...(decision?.revisitWhen ? [`revisitWhen: ${text(decision.revisitWhen)}`] : []),
    '',
  ].join('\n')
}

type Decision = ShortlistDecision | null

/** What a model came to under the weights of the decision; nothing where none were given. */
function weighedInWords(model: string, decision: Decision): string[] {
  const found = decision?.weighing?.items.find((one) => one.model === model)
  if (!found || !decision?.weighing) return []
  const { weights: given } = decision.weighing
  const weights = WEIGHED.flatMap((criterion) => (given[criterion] ? [`${criterion} ${given[criterion]}`] : []))
  return [`Weighed by ${weights.join(', ')} on ${decision.weighing.suite} it comes to ${totalInWords(found)}.`]
}

const totalInWords = ({ total, low, high }: WeighedModel): string =>
  `${total === null ? 'nothing known' : total.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`

function leadInWords({ weighing }: NonNullable<Decision>): string[] {
  if (!weighing) return []
  const [turn] = weighing.turns
  return [
    weighing.clear === null
      ? 'What is unknown, or how far the quality may lie, leaves the lead open.'
      : `${weighing.clear} leads whatever is unknown.`,
    ...(turn
      ? [`With ${turn.criterion} at ${turn.to.toFixed(1)} instead of ${turn.from}, ${turn.leads} would lead.`]
      : []),
  ]
}
