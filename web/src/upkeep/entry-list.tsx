/** What has to be done by which day: what is over first, then by how near it is. */
import { TextLink } from '../ui/button.tsx'
import { useFirstRows } from '../ui/first-rows.tsx'
import { Section } from '../ui/page.tsx'
import { say } from '../words/say.ts'
import type { Entry } from './queries.ts'

const SPANS = [
  [say('entry-list.over'), Number.NEGATIVE_INFINITY, -1],
  [say('entry-list.within-a-week'), 0, 7],
  [say('entry-list.within-a-month'), 8, 31],
  [say('entry-list.later'), 32, Number.POSITIVE_INFINITY],
] as const

export const EntryList = ({ items, withApplication }: { items: readonly Entry[]; withApplication: boolean }) =>
  SPANS.map(([title, from, to]) => {
    const own = items.filter(({ inDays }) => inDays >= from && inDays <= to)
    return own.length > 0 && <Span key={title} title={title} items={own} withApplication={withApplication} />
  })

function Span({ title, items, withApplication }: { title: string; items: readonly Entry[]; withApplication: boolean }) {
  const { first, rest } = useFirstRows(items)
  return (
    <Section title={title} count={items.length}>
      <ul>
        {first.map((one) => (
          <li key={one.id} className="grid gap-x-6 border-t border-line py-3 first:border-0 md:grid-cols-[8rem_1fr]">
            <span className={one.isOverdue ? 'text-fail' : 'text-muted'}>
              <time dateTime={one.on}>{one.on}</time>
              <span className="md:block"> {whenOf(one)}</span>
            </span>
            <div>
              <p>
                <TextLink href={one.href} className="font-medium">
                  {one.title}
                </TextLink>
                {withApplication && one.application && <span className="text-muted"> {one.application}</span>}
              </p>
              <p className="prose-width text-muted">{one.todo}</p>
            </div>
          </li>
        ))}
      </ul>
      {rest}
    </Section>
  )
}

const whenOf = ({ inDays }: Entry): string =>
  inDays === 0
    ? say('entry-list.today')
    : inDays < 0
      ? say('entry-list.ago', { inDays: say('many.day', { n: -inDays }) })
      : say('entry-list.in', { inDays: say('many.day', { n: inDays }) })

export const leadOf = (items: readonly Entry[]): string => {
  const over = items.filter(({ isOverdue }) => isOverdue).length
  const soon = items.filter(({ inDays }) => inDays >= 0 && inDays <= 31).length
  if (items.length === 0) return say('entry-list.nothing-has-to-be-done-by')
  return `${over > 0 ? say('entry-list.overdue', { over }) : ''}${soon > 0 ? say('entry-list.to-do-within-a-month', { n: soon }) : say('entry-list.nothing-to-do-within-a-month')}`
}

export const CalendarFile = ({ application }: { application?: string }) => (
  <a
    href={`/api/v1/upkeep.ics${application ? `?application=${application}` : ''}`}
    className="inline-flex min-h-8 items-center text-data underline decoration-line-strong underline-offset-3 hover:decoration-current"
  >
    {say('entry-list.for-your-calendar')}
  </a>
)
