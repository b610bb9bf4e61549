/** A release by its number, as a tag that leads to it. */
import { Link } from 'wouter'
import { say } from '../words/say.ts'

export function ReleaseTag({ id, number, isLive = false }: { id: string; number: number; isLive?: boolean }) {
  return (
    <Link
      href={`/releases/${id}`}
      className="inline-flex h-6 items-center gap-1.5 rounded border border-line bg-raised px-1.5 font-medium hover:bg-hover"
    >
      {isLive && <span aria-hidden className="size-1.5 rounded-full bg-pass" />}r{number}
      {isLive && <span className="sr-only"> {say('release-tag.live')}</span>}
    </Link>
  )
}
