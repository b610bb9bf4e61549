/** The frame of the pages about an application's people: where they belong, and what is beside. */
import type { ReactNode } from 'react'
import { Page } from '../ui/page.tsx'
import { Tab, Tabs } from '../ui/tabs.tsx'

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
  return (
    <Page
      title={title}
      crumbs={[
        { label: 'Applications', href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={actions}
    >
      <Tabs
        label="People of the application"
        items={PARTS.map(([part, label]) => [`/applications/${name}/${part}`, label] as const)}
      >
        <Tab href={`/incidents?application=${name}`}>Incidents</Tab>
        <Tab href={`/applications/${name}/plan`} className="md:ml-auto">
          Plan
        </Tab>
      </Tabs>
      {children}
    </Page>
  )
}
