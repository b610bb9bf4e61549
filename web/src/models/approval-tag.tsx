/** How a model stands, in a word, and where its card is. */
import type { ApprovalStanding } from '../../../sdk/index.ts'
import { Tag } from '../ui/bits.tsx'
import { say } from '../words/say.ts'

/** A model's name has slashes, which stay. */
export const cardHref = (model: string): string => `/models/${model.split('/').map(encodeURIComponent).join('/')}`

export function ApprovalTag({ approval }: { approval: ApprovalStanding }) {
  const { state, stages } = approval
  if (state === 'installation') return <Tag>{say('approval-tag.part-of-the-program')}</Tag>
  if (state === 'approved')
    return <Tag tone="text-pass">{say('approval-tag.approved', { stages: stages.join(', ') })}</Tag>
  if (state === 'none') return <Tag>{say('approval-tag.sandbox-only')}</Tag>
  return <Tag tone={state === 'requested' ? 'text-inconclusive' : 'text-stale'}>{state}</Tag>
}
