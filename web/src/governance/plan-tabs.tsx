/** The parts of an application's plan, each a page. */
import { Tabs } from '../ui/tabs.tsx'

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

export const PlanTabs = ({ name }: { name: string }) => (
  <Tabs
    label="Parts of the plan"
    items={PARTS.map(([part, label]) => [`/applications/${name}/${part}`, label] as const)}
  />
)
