/** The frame of the pages about an application's people: where they belong, and what is beside. */
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { Page } from '../ui/page.tsx'

const PARTS = [
  ['people', 'People and training'],
  ['pilot', 'Pilot and trials'],
  ['change', 'Change'],
  ['upkeep', 'Upkeep'],
] as const

export function PeopleFrame({
  name,
  title,
  actions,
  children,
}: {
  name: string
  title: string
  actions?: ReactNode
  children: ReactNode
}) {
  const [place] = useLocation()
  return (
    <Page
      title={title}
      crumbs={[
        { label: 'Applications', href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={actions}
    >
      <nav aria-label="People of the application" className="mb-6 flex flex-wrap gap-x-4 gap-y-1 border-b border-line">
        {PARTS.map(([part, label]) => {
          const href = `/applications/${name}/${part}`
          const isHere = place === href
          return (
            <Link
              key={part}
              href={href}
              aria-current={isHere ? 'page' : undefined}
              className={`-mb-px border-b-2 px-0.5 py-1.5 ${isHere ? 'border-accent font-medium' : 'border-transparent text-muted hover:text-text'}`}
            >
              {label}
            </Link>
          )
        })}
        <Link
          href={`/incidents?application=${name}`}
          className="-mb-px border-b-2 border-transparent px-0.5 py-1.5 text-muted hover:text-text"
        >
          Incidents
        </Link>
        <Link
          href={`/applications/${name}/plan`}
          className="-mb-px border-b-2 border-transparent px-0.5 py-1.5 text-muted hover:text-text md:ml-auto"
        >
          Plan
        </Link>
      </nav>
      {children}
    </Page>
  )
}
