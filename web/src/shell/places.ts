/** Where one can go, with the key that leads there after `g`. */
import {
  Activity,
  Boxes,
  ChartColumn,
  Cpu,
  Database,
  FileSignature,
  Lightbulb,
  ListChecks,
  MessageSquareText,
  Network,
  Settings,
  Waypoints,
} from 'lucide-react'
import { say } from '../words/say.ts'

export const PLACES = [
  { label: say('places.ideas'), short: say('places.ideas'), href: '/ideas', key: 'i', icon: Lightbulb },
  { label: say('places.applications'), short: say('places.apps'), href: '/applications', key: 'a', icon: Boxes },
  { label: say('places.approvals'), short: say('places.approve'), href: '/approvals', key: 'o', icon: FileSignature },
  { label: say('places.rollouts'), short: say('places.rollouts'), href: '/rollouts', key: 'r', icon: Waypoints },
  { label: say('places.traces'), short: say('places.traces'), href: '/traces', key: 't', icon: Activity },
  { label: say('places.datasets'), short: say('places.data'), href: '/datasets', key: 'd', icon: Database },
  { label: say('places.annotate'), short: say('places.annotate'), href: '/annotation', key: 'n', icon: ListChecks },
  { label: say('places.usage'), short: say('places.usage'), href: '/usage', key: 'u', icon: ChartColumn },
  { label: say('places.models'), short: say('places.models'), href: '/models', key: 'm', icon: Cpu },
  { label: say('places.gateway'), short: say('places.gateway'), href: '/gateway', key: 'w', icon: Network },
  {
    label: say('places.playground'),
    short: say('places.play'),
    href: '/playground',
    key: 'p',
    icon: MessageSquareText,
  },
  { label: say('places.settings'), short: say('places.settings-short'), href: '/settings', key: 's', icon: Settings },
] as const

/** Pages over all applications that are no main place. */
export const BESIDE = [
  [say('places.compass'), '/compass', say('places.what-to-do-next-and-every-application')],
  [say('places.portfolio'), '/portfolio', say('places.seven-pillars-over-all-applications')],
  [say('places.by-phase'), '/phases', say('places.everything-on-its-way-from-the-idea')],
  [say('places.alerts'), '/alerts', say('places.what-somebody-should-see-to-until-its')],
  [say('places.evidence'), '/evidence', say('places.all-that-was-recorded-by-check-release')],
  [say('places.waivers'), '/waivers', say('places.what-is-let-through-until-when')],
  [say('places.findings'), '/findings', say('places.what-audits-found')],
  [say('places.oversight'), '/oversight', say('places.answers-that-wait-for-a-person')],
  [say('places.incidents'), '/incidents', say('places.what-went-wrong-and-by-when-who')],
  [say('places.training'), '/training', say('places.what-people-learn-before-they-build-or')],
  [say('places.upkeep'), '/upkeep', say('places.what-has-to-be-done-by-which')],
  [say('places.how-we-work'), '/how-we-work', say('places.maturity-in-data-and-in-ai-and')],
] as const

/** Pages that lie below a place, whatever their address begins with: a model's own name is all that follows `/models/`. */
const BELOW: Readonly<Record<string, readonly string[]>> = {
  '/models': ['/find-model', '/shortlists', '/compare-models'],
  '/approvals': ['/findings', '/oversight', '/waivers'],
  '/annotation': ['/studies'],
}

/** The place that a page belongs to. */
export const placeOf = (path: string): string =>
  PLACES.find(({ href }) => path.startsWith(href))?.href ??
  Object.entries(BELOW).find(([, begins]) => begins.some((begin) => path.startsWith(begin)))?.[0] ??
  '/applications'
