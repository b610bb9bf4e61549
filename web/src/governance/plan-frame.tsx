/** The frame of a page of the plan: where it belongs, its parts, and how it is taken away on paper. */
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Page } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { PlanTabs } from './plan-tabs.tsx'
import { type Plan, plan } from './queries.ts'

type Paper = 'charter' | 'roadmap' | 'risks' | 'resources' | 'plan'

/** A page beside the plan that asks its own questions. */
export const PlanPage = ({
  name,
  title,
  actions,
  children,
}: {
  name: string
  title: string
  actions?: ReactNode
  children: ReactNode
}) => (
  <Page
    title={title}
    crumbs={[
      { label: say('plan.applications'), href: '/applications' },
      { label: name, href: `/applications/${name}` },
    ]}
    actions={actions}
  >
    <PlanTabs name={name} />
    {children}
  </Page>
)

export function PlanFrame({
  name,
  title,
  paper,
  actions,
  priceFactor = 1,
  children,
}: {
  name: string
  title: string
  paper: Paper
  actions?: ReactNode
  priceFactor?: number
  children: (found: Plan) => ReactNode
}) {
  const query = useQuery(plan(name, priceFactor))
  return (
    <PlanPage
      name={name}
      title={title}
      actions={
        <>
          {actions}
          <TakeAway name={name} paper={paper} />
        </>
      }
    >
      <Loaded query={query} rows={12}>
        {children}
      </Loaded>
    </PlanPage>
  )
}

function TakeAway({ name, paper }: { name: string; paper: Paper }) {
  const formats =
    paper === 'plan' || paper === 'charter' ? (['html', 'markdown'] as const) : (['html', 'markdown', 'csv'] as const)
  const words = { html: say('plan.print'), markdown: say('plan.markdown'), csv: 'CSV' } as const
  return (
    <span className="flex flex-wrap items-center gap-3 text-data">
      {formats.map((format) => (
        <a
          key={format}
          href={`/api/v1/applications/${name}/plan/${paper}?format=${format}`}
          className="inline-flex min-h-8 items-center underline decoration-line-strong underline-offset-3 hover:decoration-current"
          {...(format === 'html' && { target: '_blank', rel: 'noreferrer' })}
        >
          {words[format]}
        </a>
      ))}
    </span>
  )
}
