/** The lines of decision.yaml that a decided shortlist answers: who was chosen, who was not, and why. */
import type { Shortlist } from './contract.ts'

/** Strings are written as JSON, which YAML reads as they are. */
export function decisionText(
  { id, title, candidates, eliminations, decision, createdAt }: Shortlist,
  comparisons: readonly string[],
): string {
  const rejected = candidates.flatMap(({ model, outcome, reasons }) => {
    if (model === decision?.chosen) return []
    const byHand = eliminations.filter((one) => one.model === model).map(({ reason }) => reason)
    const said = [...(outcome === 'eliminated' ? reasons.map(({ why }) => why) : []), ...byHand]
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
    ...(decision ? ['chosen:', option({ option: decision.chosen, reasons: decision.reasons }, '  ')] : []),
    ...(rejected.length > 0 ? ['rejected:', ...rejected.map((one) => option(one, '  - '))] : []),
    ...(comparisons.length > 0 ? ['experiments:', ...comparisons.map((one) => `  - ${text(one)}`)] : []),
    ...(decision?.dissent ? [`dissent: ${text(decision.dissent)}`] : []),
    ...(decision?.revisitWhen ? [`revisitWhen: ${text(decision.revisitWhen)}`] : []),
    '',
  ].join('\n')
}
