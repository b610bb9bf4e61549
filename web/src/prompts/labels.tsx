/** The stages where a version of a prompt is live. */
import { Tag } from '../ui/bits.tsx'
import { say } from '../words/say.ts'
import type { PromptLabel } from './queries.ts'

export const Labels = ({ labels, withVersion = false }: { labels: readonly PromptLabel[]; withVersion?: boolean }) =>
  labels.length === 0 ? (
    <span className="text-muted">{say('labels.nowhere')}</span>
  ) : (
    <span className="inline-flex flex-wrap gap-1">
      {labels.map(({ stage, arm, number, share }) => (
        <Tag key={`${stage}${arm}`} tone={arm === 'candidate' ? 'text-candidate' : 'text-text'}>
          {stage}
          {withVersion && ` v${number}`}
          {arm === 'candidate' && ` ${Math.round(share * 100)} %`}
        </Tag>
      ))}
    </span>
  )
