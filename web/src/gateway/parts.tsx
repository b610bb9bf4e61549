/** The two parts of the gateway, each with an address of its own. */
import { Link } from 'wouter'
import { say } from '../words/say.ts'

const PARTS = [
  ['/gateway', say('parts.live')],
  ['/gateway/providers', say('parts.providers-and-routes')],
] as const

export const Parts = ({ at }: { at: (typeof PARTS)[number][0] }) => (
  <nav aria-label={say('parts.parts-of-the-gateway')} className="mb-6 flex flex-wrap gap-1 border-b border-line pb-2">
    {PARTS.map(([href, label]) => (
      <Link
        key={href}
        href={href}
        aria-current={href === at ? 'page' : undefined}
        className={`rounded px-3 py-1.5 hover:bg-hover ${href === at ? 'bg-sunken font-medium text-text' : 'text-muted'}`}
      >
        {label}
      </Link>
    ))}
  </nav>
)
