/** The frame of the pages about an application's people: where they belong, and what is beside. */
import type { ReactNode } from 'react'
import { Page } from '../ui/page.tsx'
import { Tab, Tabs } from '../ui/tabs.tsx'
import { say } from '../words/say.ts'

const PARTS = [
  ['people', say('people.people-and-training')],
  ['pilot', say('people.pilot-and-trials')],
  ['change', say('people.change')],
  ['upkeep', say('people.upkeep')],
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
        { label: say('people.applications'), href: '/applications' },
        { label: name, href: `/applications/${name}` },
      ]}
      actions={actions}
    >
      <Tabs
        label={say('people.people-of-the-application')}
        items={PARTS.map(([part, label]) => [`/applications/${name}/${part}`, label] as const)}
      >
        <Tab href={`/incidents?application=${name}`}>{say('people.incidents')}</Tab>
        <Tab href={`/applications/${name}/plan`} className="md:ml-auto">
          {say('people.plan')}
        </Tab>
      </Tabs>
      {children}
    </Page>
  )
}
