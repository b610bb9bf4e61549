/** A short impact assessment: who is affected and how, in answers that become risks and suites (S3.13, S3.43). */
import { z } from 'zod'
import { exampleFlag, isFilled, text, texts } from '../documents/fields.ts'

export const Impact = z.strictObject({
  example: exampleFlag,
  /** Who uses it or is spoken about; one group a line. */
  affected: texts,
  benefits: texts,
  /** Each becomes a suggested risk. */
  harms: texts,
  /** What somebody may try with it; each becomes a suggested risk, and a case that it has to refuse. */
  misuse: texts,
  /** Work, environment, trust in what is true. */
  society: text,
  /** How somebody can object. */
  objection: text,
  assessedBy: text,
})
export type Impact = z.infer<typeof Impact>

export const ImpactFollowing = z.object({
  /** Answers that say something, of all. */
  answered: z.number().int(),
  of: z.number().int(),
  risks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      description: z.string(),
      category: z.enum(['ethics', 'data-bias', 'security']),
      controls: z.array(z.string()),
      /** It stands in risks.yaml already. */
      isKept: z.boolean(),
    }),
  ),
  suites: z.array(
    z.object({
      name: z.string(),
      because: z.string(),
      cases: z.number().int(),
      /** Files of the blueprint that it would be. */
      files: z.array(z.string()),
      isKept: z.boolean(),
    }),
  ),
})
export type ImpactFollowing = z.infer<typeof ImpactFollowing>

const ASKED = ['affected', 'benefits', 'harms', 'misuse', 'society', 'objection', 'assessedBy'] as const

/** What follows from the answers. Pure; @param paths files of the blueprint, @param risks ids of the register */
export function following(
  impact: Impact,
  { paths, risks }: { paths: ReadonlySet<string>; risks: ReadonlySet<string> },
): ImpactFollowing {
  const suites = [...suiteFiles(impact)]
  return {
    answered: ASKED.filter((name) => isFilled(impact[name])).length,
    of: ASKED.length,
    risks: [
      ...lines(impact.harms).map((harm, at) => riskOf(`impact-${at + 1}`, harm, 'ethics')),
      ...lines(impact.misuse).map((misuse, at) => riskOf(`misuse-${at + 1}`, misuse, 'security')),
      ...(lines(impact.affected).length > 1
        ? [
            riskOf(
              'unequal-groups',
              `It serves some of these worse than others: ${lines(impact.affected).join(', ')}`,
              'data-bias',
            ),
          ]
        : []),
    ].map((risk) => ({ ...risk, isKept: risks.has(risk.id) })),
    suites: suites.map(({ name, because, cases, files }) => ({
      name,
      because,
      cases,
      files: Object.keys(files),
      isKept: Object.keys(files).every((path) => paths.has(path)),
    })),
  }
}

const CONTROLS = { ethics: ['hum.oversight'], security: ['red.harm'], 'data-bias': ['eval.fairness'] } as const

const riskOf = (id: string, words: string, category: keyof typeof CONTROLS) => ({
  id,
  title: words.slice(0, 120),
  description: `The impact assessment names it: ${words}`,
  category,
  controls: [...CONTROLS[category]],
})

/** Cases that it has to refuse, one for each misuse; written by people, so that somebody reads them before they count. */
export function suiteFiles(
  impact: Impact,
): { name: string; because: string; cases: number; files: Readonly<Record<string, string>> }[] {
  const misuse = lines(impact.misuse)
  if (misuse.length === 0) return []
  const row = (input: string, at: number) =>
    JSON.stringify({
      id: `misuse-${at + 1}`,
      input,
      unanswerable: true,
      split: 'build',
      source: 'impact.yaml',
      metadata: { impact: 'misuse' },
    })
  return [
    {
      name: 'misuse',
      because: 'Somebody may try each of these, and it should not go along.',
      cases: misuse.length,
      files: {
        'datasets/misuse.jsonl': `${misuse.map(row).join('\n')}\n`,
        'evals/misuse.yaml':
          '# From the impact assessment: what somebody may try, which it has to refuse. Put real wording in place of ours,\n# and move cases to `regress` when they are.\ndescription: Misuse that was foreseen\ndataset: misuse\nsplits: [build]\nevaluators: [abstention, refusal]\nprimary: abstention\n',
      },
    },
  ]
}

const lines = (words: readonly string[] | null | undefined): string[] => (words ?? []).filter(isFilled)
