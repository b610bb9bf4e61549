/** What changed between two releases, in words; what can change answers comes first. */
import { Minus, PencilLine, Plus } from 'lucide-react'
import type { Change } from '../../../sdk/index.ts'
import { Tag } from '../ui/bits.tsx'
import { Said } from '../ui/said.tsx'
import { say } from '../words/say.ts'

const ICONS = { added: Plus, removed: Minus, changed: PencilLine } as const

export function ChangeList({ since, items }: { since: string | null; items: readonly Change[] }) {
  if (since === null) return <p className="text-muted">{say('change-list.this-is-the-first-release-there-is')}</p>
  if (items.length === 0) return <p className="text-muted">{say('change-list.nothing-that-a-release-is-made-of')}</p>
  const sorted = items.toSorted((a, b) => Number(b.behaviour) - Number(a.behaviour))
  return (
    <ul className="flex flex-col gap-1">
      {sorted.map((change) => {
        const Icon = ICONS[change.change]
        return (
          <li key={`${change.kind}${change.name}`} className="flex items-start gap-2.5 py-0.5">
            <Icon size={14} aria-label={change.change} className="mt-[3px] shrink-0 text-faint" />
            <span className="prose-width">
              <Said text={change.words} />
            </span>
            {change.behaviour && <Tag>{say('change-list.changes-answers')}</Tag>}
          </li>
        )
      })}
    </ul>
  )
}
