/** Whether what providers let us ask bears the peak with its headroom: a line for each model that was asked. */
import type { LoadRun } from '../../../sdk/index.ts'
import { TextLink } from '../ui/button.tsx'
import { say } from '../words/say.ts'

type TargetQuota = NonNullable<LoadRun['result']>['capacity']['quotas'][number]

const STANDINGS: Readonly<Record<TargetQuota['standing'], { words: string; className: string }>> = {
  bears: { words: say('load-quotas.enough'), className: 'text-pass' },
  short: { words: say('load-quotas.too-little'), className: 'text-fail' },
  unknown: { words: say('load-quotas.not-known'), className: 'text-stale' },
}

export function LoadQuotas({ quotas }: { quotas: readonly TargetQuota[] }) {
  if (quotas.length === 0) return null
  return (
    <div className="prose-width mb-3">
      <h3 className="font-medium">{say('load-quotas.quotas-of-providers')}</h3>
      <ul className="mt-1 flex flex-col gap-1">
        {quotas.map(({ target, standing, says }) => (
          <li key={target} className="break-words">
            <span className={STANDINGS[standing].className}>{STANDINGS[standing].words}</span> {says}
          </li>
        ))}
      </ul>
      {quotas.some(({ standing }) => standing === 'unknown') && (
        <TextLink href="/gateway/providers">{say('load-quotas.declare-it-here')}</TextLink>
      )}
    </div>
  )
}
