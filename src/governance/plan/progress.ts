/** How much of the plan is there, and what to do next in each part. Pure. */
import type { WholePlan } from './plan-view.ts'

type Part = WholePlan['progress']['parts'][number]

export function progressOf(
  plan: {
    readonly charter: Pick<WholePlan['charter'], 'filled' | 'of' | 'kpis'>
    readonly roadmap: Pick<WholePlan['roadmap'], 'rows'>
    readonly risks: Pick<WholePlan['risks'], 'risks'>
    readonly resources: Pick<WholePlan['resources'], 'rows' | 'unknown'>
  },
  answered: { done: number; of: number },
) {
  const { charter, roadmap, risks, resources } = plan
  const rated = risks.risks.filter(({ score, owner }) => score !== null && owner).length
  const priced = resources.rows.length - resources.unknown.length
  const dated = roadmap.rows.filter(({ owner, end, status }) => (owner && end) || status.state === 'done').length
  const parts: Part[] = [
    {
      part: 'charter',
      done: charter.filled,
      of: charter.of,
      next: charter.kpis.length === 0 ? 'Add a KPI.' : 'Fill in what is empty.',
    },
    { part: 'assessment', ...answered, next: 'Answer the next question.' },
    { part: 'roadmap', done: dated, of: roadmap.rows.length, next: 'Give each row an owner and a last day.' },
    { part: 'risks', done: rated, of: risks.risks.length, next: 'Rate each risk and name who watches it.' },
    {
      part: 'resources',
      done: priced,
      of: resources.rows.length,
      next: resources.rows.length === 0 ? 'Add what it takes.' : 'Give each row a cost.',
    },
  ]
  const isDone = ({ done, of }: Part) => of > 0 && done >= of
  return {
    done: parts.filter(isDone).length,
    of: parts.length,
    parts: parts.map((one) => (isDone(one) ? { ...one, next: '' } : one)),
  }
}
