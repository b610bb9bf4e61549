/** How safely the installation is set up: what is weak first, each with what to do about it. */
import { useQuery } from '@tanstack/react-query'
import { posture } from '../data/queries.ts'
import type { PostureFinding } from '../data/shapes.ts'
import { Command } from '../ui/bits.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'

const GROUPS: readonly (readonly [PostureFinding['verdict'], string, string])[] = [
  ['weak', 'Weak', 'others could use it'],
  ['unknown', 'Not found out', 'which is no good sign'],
  ['note', 'Worth a thought', 'right for some installations'],
  ['sound', 'Sound', 'as it should be'],
]
const SUMS = {
  sound: 'Nothing is weak.',
  weak: 'Something is weak.',
  unknown: 'Something could not be found out.',
} as const

export function SafetyPart() {
  const query = useQuery(posture)
  return (
    <>
      <Loaded query={query} rows={8}>
        {({ verdict, findings }) => (
          <>
            <Lead>{SUMS[verdict]} The installation looked at its settings, its files and its keys just now.</Lead>
            {GROUPS.map(([which, title, note]) => {
              const some = findings.filter((one) => one.verdict === which)
              return (
                some.length > 0 && (
                  <Section key={which} title={title} count={some.length} note={note}>
                    <ul className="divide-y divide-line">
                      {some.map((one) => (
                        <Finding key={one.id} {...one} />
                      ))}
                    </ul>
                  </Section>
                )
              )
            })}
          </>
        )}
      </Loaded>
      <div className="mt-6">
        <Command text="airworthy posture" />
      </div>
    </>
  )
}

const Finding = ({ title, found, remedy }: PostureFinding) => (
  <li className="prose-width py-3">
    <p className="font-medium">{title}</p>
    <p className="break-words text-muted">{found}</p>
    {remedy !== null && <p className="mt-1 break-words">{remedy}</p>}
  </li>
)
