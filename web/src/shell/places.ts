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

export const PLACES = [
  { label: 'Ideas', short: 'Ideas', href: '/ideas', key: 'i', icon: Lightbulb },
  { label: 'Applications', short: 'Apps', href: '/applications', key: 'a', icon: Boxes },
  { label: 'Approvals', short: 'Approve', href: '/approvals', key: 'o', icon: FileSignature },
  { label: 'Rollouts', short: 'Rollouts', href: '/rollouts', key: 'r', icon: Waypoints },
  { label: 'Traces', short: 'Traces', href: '/traces', key: 't', icon: Activity },
  { label: 'Datasets', short: 'Data', href: '/datasets', key: 'd', icon: Database },
  { label: 'Annotate', short: 'Annotate', href: '/annotation', key: 'n', icon: ListChecks },
  { label: 'Usage', short: 'Usage', href: '/usage', key: 'u', icon: ChartColumn },
  { label: 'Models', short: 'Models', href: '/models', key: 'm', icon: Cpu },
  { label: 'Gateway', short: 'Gateway', href: '/gateway', key: 'w', icon: Network },
  { label: 'Playground', short: 'Play', href: '/playground', key: 'p', icon: MessageSquareText },
  { label: 'Settings', short: 'Settings', href: '/settings', key: 's', icon: Settings },
] as const

/** Pages over all applications that are no main place. */
export const BESIDE = [
  ['Compass', '/compass', 'what to do next, and every application in one view'],
  ['Portfolio', '/portfolio', 'seven pillars over all applications'],
  ['By phase', '/phases', 'everything on its way, from the idea to what was learnt'],
  ['Alerts', '/alerts', 'what somebody should see to, until its cause is gone'],
  ['Evidence', '/evidence', 'all that was recorded, by check, release and producer'],
  ['Waivers', '/waivers', 'what is let through, until when'],
  ['Findings', '/findings', 'what audits found'],
  ['Oversight', '/oversight', 'answers that wait for a person'],
  ['Incidents', '/incidents', 'what went wrong, and by when who must be told'],
  ['Training', '/training', 'what people learn before they build or use'],
  ['Upkeep', '/upkeep', 'what has to be done by which day'],
  ['How we work', '/how-we-work', 'maturity in data and in AI, and remarks on the governance'],
] as const

/** Pages that lie below models, whatever their address begins with: a model's own name is all that follows `/models/`. */
const BELOW_MODELS = ['/find-model', '/shortlists', '/compare-models']

/** The place that a page belongs to. */
export const placeOf = (path: string): string =>
  PLACES.find(({ href }) => path.startsWith(href))?.href ??
  (BELOW_MODELS.some((begin) => path.startsWith(begin))
    ? '/models'
    : ['/findings', '/oversight', '/waivers'].some((begin) => path.startsWith(begin))
      ? '/approvals'
      : '/applications')
