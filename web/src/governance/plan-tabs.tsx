/** The parts of an application's plan, each a page. */
import { Tabs } from '../ui/tabs.tsx'
import { say } from '../words/say.ts'

const PARTS = [
  ['plan', say('plan-tabs.overview')],
  ['charter', say('plan-tabs.charter')],
  ['advice', say('plan-tabs.advice')],
  ['roadmap', say('plan-tabs.roadmap')],
  ['risks', say('plan-tabs.risks')],
  ['impact', say('plan-tabs.impact')],
  ['threats', say('plan-tabs.threats')],
  ['resources', say('plan-tabs.resources')],
  ['cost', say('plan-tabs.cost')],
  ['law', say('plan-tabs.law')],
  ['data', say('plan-tabs.data')],
  ['coverage', say('plan-tabs.coverage')],
  ['people', say('plan-tabs.people')],
] as const

export const PlanTabs = ({ name }: { name: string }) => (
  <Tabs
    label={say('plan-tabs.parts-of-the-plan')}
    items={PARTS.map(([part, label]) => [`/applications/${name}/${part}`, label] as const)}
  />
)
