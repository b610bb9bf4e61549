/** The way to the prompts of an application. */
import { say } from '../words/say.ts'
export const promptCrumbs = (name: string) => [
  { label: say('crumbs.applications'), href: '/applications' },
  { label: name, href: `/applications/${name}` },
]
