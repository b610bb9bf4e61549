/** The plan on one page: how far it is, what is next in each part, and what the advisor says. */
import { Link } from 'wouter'
import { ButtonLink } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import { PlanFrame } from './plan-frame.tsx'
import type { Plan } from './queries.ts'

export const PlanPage = ({ name }: { name: string }) => (
  <PlanFrame name={name} title={say('plan.plan')} paper="plan">
    {(found) => <Overview name={name} found={found} />}
  </PlanFrame>
)

const WORDS: Readonly<Record<string, string>> = {
  charter: say('plan.charter-why-for-whom-by-which'),
  assessment: say('plan.assessment-what-the-task-needs'),
  roadmap: say('plan.roadmap-what-comes-when'),
  risks: say('plan.risks-what-may-go-wrong'),
  resources: say('plan.resources-what-it-takes'),
}

function Overview({ name, found: { progress, advice, roadmap } }: { name: string; found: Plan }) {
  const next = progress.parts.find(({ next: todo }) => todo !== '')
  return (
    <>
      <Lead>{say('plan.of-parts-of-the-plan-are', { done: progress.done, of: progress.of, says: advice.says })}</Lead>
      {next && (
        <Section title={say('plan.what-to-do-next')}>
          <div className="flex flex-wrap items-center gap-4">
            <p className="text-prose">
              {WORDS[next.part]}. {next.next}
            </p>
            <ButtonLink tone="primary" href={hrefOf(name, next.part)}>
              {say('plan.open')}
            </ButtonLink>
          </div>
        </Section>
      )}
      <Section title={say('plan.parts')}>
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
                  aria-label={say('plan.of', { part, done, of })}
                />
                <span className="w-14 text-right text-muted">
                  {done}/{of}
                </span>
                <span className="w-full text-muted md:w-72">{todo || say('plan.complete')}</span>
              </Link>
            </li>
          ))}
        </ul>
      </Section>
      <Section title={say('plan.where-it-stands')}>
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
