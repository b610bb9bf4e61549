/** Where one can go, with the key that leads there after `g`. */
import { Activity, Boxes, Cpu, MessageSquareText, Network, Settings, Waypoints } from 'lucide-react'

export const PLACES = [
  { label: 'Applications', href: '/applications', key: 'a', icon: Boxes },
  { label: 'Rollouts', href: '/rollouts', key: 'r', icon: Waypoints },
  { label: 'Traces', href: '/traces', key: 't', icon: Activity },
  { label: 'Models', href: '/models', key: 'm', icon: Cpu },
  { label: 'Gateway', href: '/gateway', key: 'w', icon: Network },
  { label: 'Playground', href: '/playground', key: 'p', icon: MessageSquareText },
  { label: 'Settings', href: '/settings', key: 's', icon: Settings },
] as const
