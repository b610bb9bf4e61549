/** The governance documents of an application, each to open and read as it stands. */
import { useState } from 'react'
import type { ServedApplication } from '../../../sdk/index.ts'
import { sentence } from '../data/format.ts'
import { Digest, ShortDigest } from '../ui/bits.tsx'
import { Value } from '../ui/value.tsx'
import { say } from '../words/say.ts'

export function Documents({ documents }: { documents: ServedApplication['documents'] }) {
  const all = Object.entries(documents)
  if (all.length === 0) return <p className="text-muted">{say('documents.none-yet')}</p>
  return (
    <ul>
      {all.map(([name, { digest, value }]) => (
        <OneDocument key={name} name={name} digest={digest} value={value} />
      ))}
    </ul>
  )
}

/** Drawn when it is opened: a dozen documents are thousands of lines. */
function OneDocument({ name, digest, value }: { name: string; digest: string; value?: unknown }) {
  const [isOpen, setOpen] = useState(false)
  return (
    <li className="border-t border-line first:border-0">
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary className="flex min-h-9 items-center gap-3 rounded">
          <span className="font-medium">{sentence(name)}</span>
          <span className="ml-auto">
            <ShortDigest value={digest} />
          </span>
        </summary>
        {isOpen && (
          <div className="flex flex-col gap-2 pb-3">
            <Digest value={digest} />
            <Value value={value} />
          </div>
        )}
      </details>
    </li>
  )
}
