/** The releases of an application, newest first. */
import { Link } from 'wouter'
import type { ReleaseSummary } from '../../../sdk/index.ts'
import { list, percent } from '../data/format.ts'
import { useNames } from '../data/queries.ts'
import { Ago, Digest } from '../ui/bits.tsx'
import { Term } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { GateBar } from './gate-bar.tsx'
import { ReleaseTag } from './release-tag.tsx'
import { nextStage, STAGE_WORDS } from './stages.ts'

export function ReleaseTable({ items }: { items: readonly ReleaseSummary[] }) {
  const nameOf = useNames()
  return (
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">
            <Term of="release">{say('release-table.release')}</Term>
          </th>
          <th scope="col" className="wide">
            <Term of="digest">{say('release-table.digest')}</Term>
          </th>
          <th scope="col" className="wide">
            <Term of="stage">{say('release-table.stage')}</Term>
          </th>
          <th scope="col" className="wide">
            <Term of="live">{say('release-table.live')}</Term>
          </th>
          <th scope="col">{say('release-table.next-gate')}</th>
          <th scope="col" className="wide">
            {say('release-table.frozen')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((release) => {
          const into = nextStage(release.stage)
          return (
            <tr key={release.id} className="clickable" data-row>
              <td>
                <ReleaseTag
                  id={release.id}
                  number={release.number}
                  isLive={release.live.some(({ share }) => share > 0)}
                />
              </td>
              <td className="wide">
                <Digest value={release.digest} />
              </td>
              <td className="wide">{STAGE_WORDS[release.stage]}</td>
              <td className="wide text-muted">
                {list(release.live.map(({ stage, share }) => `${STAGE_WORDS[stage]} ${percent(share, 0)}`)) || '–'}
              </td>
              <td>
                {release.scorecard && into ? (
                  <Link
                    href={`/releases/${release.id}/gates/${into}`}
                    className="inline-flex items-center gap-2 rounded"
                  >
                    <GateBar gate={release.scorecard} />
                    <span className="text-muted">{sayWith('release-table.into', { into })}</span>
                  </Link>
                ) : (
                  <span className="text-muted">–</span>
                )}
              </td>
              <td className="wide text-muted">
                {sayWith('release-table.by', {
                  when: <Ago at={release.frozenAt} />,
                  frozenBy: nameOf(release.frozenBy),
                })}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
