/** The plan on one page: how far it is, what is next in each part, and what the advisor says. */
import { Link } from 'wouter'
import { ButtonLink } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'

export const PlanPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title="Plan" paper="plan">
    {(found) => <Overview name={name} found={found} />}
  </PlanFrame>
)

const WORDS: Readonly<Record<string, string>> = {
  charter: 'Charter: why, for whom, by which numbers',
  assessment: 'Assessment: what the task needs',
  roadmap: 'Roadmap: what comes when',
  risks: 'Risks: what may go wrong',
  resources: 'Resources: what it takes',
}

function Overview({ name, found: { progress, advice, roadmap } }: { name: string; found: Plan }) {
  const next = progress.parts.find(({ next: todo }) => todo !== '')
  return (
    <>
      <Lead>
        {progress.done} of {progress.of} parts of the plan are complete. {advice.says}
      </Lead>
      {next && (
        <Section title="What to do next">
          <div className="flex flex-wrap items-center gap-4">
            <p className="text-prose">
              {WORDS[next.part]}. {next.next}
            </p>
            <ButtonLink tone="primary" href={hrefOf(name, next.part)}>
              Open
            </ButtonLink>
          </div>
        </Section>
      )}
      <Section title="Parts">
        <ul>
          {progress.parts.map(({ part, done, of, next: todo }) => (
            <li key={part} className="border-t border-line py-2 first:border-0">
              <Link
                href={hrefOf(name, part)}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded hover:bg-hover"
              >
                <span className="min-w-0 flex-1 basis-60 font-medium">{WORDS[part]}</span>
                <progress
                  className="h-1.5 w-32 accent-(--accent)"
                  value={done}
                  max={Math.max(of, 1)}
                  aria-label={`${part}: ${done} of ${of}`}
                />
                <span className="w-14 text-right text-muted">
                  {done}/{of}
                </span>
                <span className="w-full text-muted md:w-72">{todo || 'complete'}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Where it stands">
        <ul>
          {roadmap.rows.slice(0, 4).map((row) => (
            <li key={row.id}>
              <span className="font-medium">{row.phase}</span> <span className="text-muted">{row.status.says}</span>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

const hrefOf = (name: string, part: string): string =>
  `/applications/${name}/${part === 'assessment' ? 'advice' : part}`
