/** How safely the installation is set up: what is weak first, each with what to do about it. */
import { useQuery } from '@tanstack/react-query'
import { posture } from '../data/queries.ts'
import type { PostureFinding } from '../data/shapes.ts'
import { Command } from '../ui/bits.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'

const GROUPS: readonly (readonly [PostureFinding['verdict'], string, string])[] = [
  ['weak', say('safety-part.weak'), say('safety-part.others-could-use-it')],
  ['unknown', say('safety-part.not-found-out'), say('safety-part.which-is-no-good-sign')],
  ['note', say('safety-part.worth-a-thought'), say('safety-part.right-for-some-installations')],
  ['sound', say('safety-part.sound'), say('safety-part.as-it-should-be')],
]
const SUMS = {
  sound: say('safety-part.nothing-is-weak'),
  weak: say('safety-part.something-is-weak'),
  unknown: say('safety-part.something-could-not-be-found-out'),
} as const

export function SafetyPart() {
  const query = useQuery(posture)
  return (
    <>
      <Loaded query={query} rows={8}>
        {({ verdict, findings }) => (
          <>
            <Lead>
              {sayWith('safety-part.the-installation-looked-at-its-settings-its', { verdict: SUMS[verdict] })}
            </Lead>
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
