/** The governance documents of an application, each to open and read as it stands. */
import type { ServedApplication } from '../../../sdk/index.ts'
import { sentence } from '../data/format.ts'
import { Digest, ShortDigest } from '../ui/bits.tsx'
import { Value } from '../ui/value.tsx'

export function Documents({ documents }: { documents: ServedApplication['documents'] }) {
  const all = Object.entries(documents)
  if (all.length === 0)
    return <p className="text-muted">None yet. Put charter.yaml, risks.yaml and the like into the blueprint.</p>
  return (
    <ul>
      {all.map(([name, { digest, value }]) => (
        <li key={name} className="border-t border-line first:border-0">
          <details>
            <summary className="flex min-h-9 items-center gap-3 rounded">
              <span className="font-medium">{sentence(name)}</span>
              <span className="ml-auto">
                <ShortDigest value={digest} />
              </span>
            </summary>
            <div className="flex flex-col gap-2 pb-3">
              <Digest value={digest} />
              <Value value={value} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  )
}
