/** What the people who use the release are told, shown where it is tried out, as they would see it. */
import { useQuery } from '@tanstack/react-query'
import { release as releaseQuery } from '../data/queries.ts'
import { say } from '../words/say.ts'

export function DisclosureNote({ release }: { release: string }) {
  const query = useQuery(releaseQuery(release))
  const text = query.data?.manifest.disclosure?.text
  if (!text) return null
  return (
    <p
      role="note"
      aria-label={say('disclosure-note.told-to-people-who-use-it')}
      className="prose-width mb-5 border-l-2 border-accent pl-3 text-muted"
    >
      {text}
    </p>
  )
}
