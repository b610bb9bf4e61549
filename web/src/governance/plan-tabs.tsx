/** The parts of an application's plan, each a page. */
import { Link, useLocation } from 'wouter'

const PARTS = [
  ['plan', 'Overview'],
  ['charter', 'Charter'],
  ['advice', 'Advice'],
  ['roadmap', 'Roadmap'],
  ['risks', 'Risks'],
  ['impact', 'Impact'],
  ['threats', 'Threats'],
  ['resources', 'Resources'],
  ['cost', 'Cost'],
  ['law', 'Law'],
  ['data', 'Data'],
  ['coverage', 'Coverage'],
  ['people', 'People'],
] as const

export function PlanTabs({ name }: { name: string }) {
  const [place] = useLocation()
  return (
    <nav aria-label="Parts of the plan" className="mb-6 flex flex-wrap gap-x-4 gap-y-1 border-b border-line">
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
    </nav>
  )
}
