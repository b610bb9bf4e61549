/** The path: four stations, a gate before each but the first, and who answers where. */
import { Link } from 'wouter'
import type { ServedApplication, ServedStage } from '../../../sdk/index.ts'
import { GLOSSARY } from '../glossary.ts'
import { Ago } from '../ui/bits.tsx'
import { Hint } from '../ui/term.tsx'
import { say } from '../words/say.ts'
import { sayWith } from '../words/say-with.tsx'
import { GateBar, holding, total } from './gate-bar.tsx'
import { ReleaseTag } from './release-tag.tsx'
import { ShareBar } from './share-bar.tsx'
import { nextStage, STAGE_WORDS } from './stages.ts'

export function PathPicture({ application }: { application: ServedApplication }) {
  // The gates stand on one line, so each station is as tall as one with a rollout, where there is one.
  const isTall = application.stages.some(({ rollout }) => rollout !== null)
  return (
    <ol aria-label={say('path.the-path')} className="grid gap-y-6 md:grid-cols-4">
      {application.stages.map((stage, index) => (
        <li key={stage.stage} className="relative grid grid-cols-[20px_1fr] gap-x-3 md:block">
          <Track stage={stage} isLast={index === application.stages.length - 1} />
          <div className="md:pr-6">
            <Station stage={stage} isTall={isTall} />
            <GateInto stage={stage} />
          </div>
        </li>
      ))}
    </ol>
  )
}

/** The dot of the station and the line to the next one: down on a phone, across elsewhere. */
function Track({ stage, isLast }: { stage: ServedStage; isLast: boolean }) {
  return (
    <span aria-hidden className="relative block md:mb-3 md:h-4">
      {!isLast && (
        <span
          className={`absolute top-4 left-[7px] h-[calc(100%+1.5rem)] w-0.5 md:top-[7px] md:left-4 md:h-0.5 md:w-[calc(100%-0.75rem)] ${stage.next?.decision === 'open' ? 'bg-pass' : 'bg-line'}`}
        />
      )}
      <span
        className={`absolute top-0 left-0 size-4 rounded-full border-2 ${stage.release ? 'border-accent bg-accent' : 'border-line-strong bg-surface'}`}
      />
    </span>
  )
}

function Station({ stage, isTall }: { stage: ServedStage; isTall: boolean }) {
  return (
    <div className={`flex flex-col gap-1.5 max-md:pb-1.5 ${isTall ? 'md:min-h-[6.5rem]' : 'md:min-h-[3.75rem]'}`}>
      <h3 className="text-data leading-4 font-medium">
        <Hint text={GLOSSARY.stage}>{STAGE_WORDS[stage.stage]}</Hint>
      </h3>
      {stage.release ? (
        <>
          <span className="flex items-center gap-2 text-muted">
            <ReleaseTag {...stage.release} isLive />
            {stage.since && <span>{sayWith('path.live-since', { when: <Ago at={stage.since} /> })}</span>}
          </span>
          {stage.rollout && (
            <Link href={`/rollouts/${stage.rollout.id}`} className="max-w-48 rounded">
              <ShareBar stage={stage} />
            </Link>
          )}
        </>
      ) : (
        <span className="text-muted">{say('path.no-release-yet')}</span>
      )}
    </div>
  )
}

function GateInto({ stage }: { stage: ServedStage }) {
  const into = nextStage(stage.stage)
  if (!stage.release || !stage.next || !into) return null
  return (
    <Link
      href={`/releases/${stage.release.id}/gates/${into}`}
      className="mt-1 flex max-w-56 flex-col gap-1.5 rounded border border-line p-2.5 hover:bg-hover"
    >
      <span className="flex justify-between gap-2">
        <span>{sayWith('path.gate-into', { into })}</span>
        <span className={stage.next.decision === 'open' ? 'text-pass' : 'text-muted'}>
          {stage.next.decision === 'open'
            ? say('path.open')
            : say('path.held-by-of', { holding: holding(stage.next.counts), total: total(stage.next.counts) })}
        </span>
      </span>
      <GateBar gate={stage.next} />
    </Link>
  )
}
