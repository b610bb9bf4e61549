/** Pages that belong together, as a row of links above each of them. */
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'

export function Tabs({
  label,
  items,
  children,
}: {
  /** What they are parts of, for who does not see them. */
  label: string
  items: readonly (readonly [href: string, label: string])[]
  /** Links to what is beside. */
  children?: ReactNode
}) {
  return (
    <nav aria-label={label} className="mb-6 flex flex-wrap gap-x-4 gap-y-1 border-b border-line">
      {items.map(([href, text]) => (
        <Tab key={href} href={href}>
          {text}
        </Tab>
      ))}
      {children}
    </nav>
  )
}

export function Tab({ href, className = '', children }: { href: string; className?: string; children: ReactNode }) {
  const [place] = useLocation()
  const isHere = place === href
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className={`-mb-px border-b-2 px-0.5 py-1.5 ${isHere ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-text'} ${className}`}
    >
      {children}
    </Link>
  )
}
