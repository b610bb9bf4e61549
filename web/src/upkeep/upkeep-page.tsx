/** Upkeep of one application: the calendar, the quarterly review and the plan of the end. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay, useNames } from '../data/queries.ts'
import type { FieldPlan } from '../governance/row-form.tsx'
import { DocumentPart } from '../people/document-part.tsx'
import { PeopleFrame } from '../people/people-frame.tsx'
import { Ago, ExampleTag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Lead, Section } from '../ui/page.tsx'
import { Loaded } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import { CalendarFile, EntryList, leadOf } from './entry-list.tsx'
import { MitigationSection } from './mitigation-section.tsx'
import { type Review, reviews, upkeep } from './queries.ts'
import { ReviewForm } from './review-form.tsx'

const END: readonly FieldPlan[] = [
  { key: 'triggers', label: say('upkeep.what-would-end-it'), kind: 'lines' },
  { key: 'endsOn', label: say('upkeep.ends-on'), kind: 'date', hint: say('upkeep.only-when-the-day-is-known') },
  { key: 'usersTold', label: say('upkeep.how-users-are-told'), kind: 'long' },
  { key: 'replacement', label: say('upkeep.what-they-use-then'), kind: 'text' },
  { key: 'dataDeleted', label: say('upkeep.what-is-deleted-and-how-it'), kind: 'long' },
  { key: 'recordsKept', label: say('upkeep.what-is-kept-where-and-how'), kind: 'long' },
  { key: 'owner', label: say('upkeep.who-does-it'), kind: 'text' },
]

export function UpkeepPage({ name }: { name: string }) {
  const query = useQuery(upkeep(name))
  const held = useQuery(reviews(name))
  const [reviewing, setReviewing] = useState(false)
  const may = useMay()
  return (
    <PeopleFrame
      name={name}
      title={say('upkeep.upkeep')}
      actions={
        <>
          <CalendarFile application={name} />
          {may('attest') && (
            <Button tone="primary" onClick={() => setReviewing(true)}>
              {say('upkeep.hold-the-review')}
            </Button>
          )}
        </>
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <>
            <Lead>{leadOf(items)}</Lead>
            <EntryList items={items} withApplication={false} />
          </>
        )}
      </Loaded>
      <MitigationSection name={name} />
      <Loaded query={held} rows={2}>
        {({ items }) => (
          <Section
            title={say('upkeep.reviews')}
            count={items.length}
            note={say('upkeep.each-quarter-signed-by-the-business')}
          >
            {items.length === 0 ? (
              <p className="text-muted">{say('upkeep.none-was-held-yet')}</p>
            ) : (
              <ul>
                {items.map((one) => (
                  <Held key={one.id} review={one} />
                ))}
              </ul>
            )}
          </Section>
        )}
      </Loaded>
      <DocumentPart
        name={name}
        which="retirement"
        title={say('upkeep.plan-of-the-end')}
        note={say('upkeep.kept-in-retirement-yaml')}
        fields={END}
      />
      {reviewing && <ReviewForm name={name} onClose={() => setReviewing(false)} />}
    </PeopleFrame>
  )
}

function Held({ review: { heldAt, decision, reasons, people, by, actions, example } }: { review: Review }) {
  const nameOf = useNames()
  const open = actions.filter(({ doneAt }) => doneAt === null)
  return (
    <li className="border-t border-line py-3 first:border-0">
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-medium">{decision ?? say('upkeep.nothing-decided')}</span>
        <Ago at={heldAt} />
        {example && <ExampleTag />}
      </p>
      <p className="prose-width">{reasons}</p>
      <p className="text-muted">
        {say('upkeep.signed-by', { by: nameOf(by) })}
        {people.length > 0 && say('upkeep.with', { people: people.join(', ') })}
        {actions.length > 0 &&
          say('upkeep.open-of', { open: say('many.action', { n: open.length }), actions: actions.length })}
      </p>
    </li>
  )
}
