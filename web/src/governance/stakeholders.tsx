/** Who has a stake, what each asks for, and which cases show that it is met. */
import { Tag } from '../ui/bits.tsx'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/page.tsx'
import { Empty } from '../ui/states.tsx'
import { say } from '../words/say.ts'
import type { Plan } from './queries.ts'
import type { FieldPlan, Row } from './row-form.tsx'

type Charter = Plan['charter']['charter']
type Requirement = { readonly id: string; readonly text: string }

export const STAKEHOLDER: readonly FieldPlan[] = [
  {
    key: 'name',
    label: say('stakeholders.who'),
    kind: 'text',
    required: true,
    hint: say('stakeholders.a-person-or-a-group'),
  },
  { key: 'role', label: say('stakeholders.role'), kind: 'text' },
  { key: 'interest', label: say('stakeholders.what-they-want-of-it'), kind: 'long' },
  {
    key: 'requirements',
    label: say('stakeholders.what-they-ask-for'),
    kind: 'lines',
    hint: say('stakeholders.one-a-line-with-an-id'),
  },
]

/** In the form a requirement is a line with its id before it. */
export const REQUIREMENTS = {
  toForm: (row: Row): Row => ({
    ...row,
    requirements: ((row.requirements ?? []) as readonly Requirement[]).map(({ id, text }) => `${id}: ${text}`),
  }),
  fromForm: (row: Row, rows: readonly Row[]): Row => ({ ...row, requirements: requirementsIn(row, rows) }),
}

function requirementsIn(row: Row, rows: readonly Row[]): readonly Requirement[] | undefined {
  const lines = (row.requirements ?? []) as readonly string[]
  if (lines.length === 0) return undefined
  const taken = new Set(
    rows
      .filter(({ name }) => name !== row.name)
      .flatMap(({ requirements }) => ((requirements ?? []) as readonly Requirement[]).map(({ id }) => id)),
  )
  return lines.map((line) => {
    const [, id, text] = /^([A-Za-z][A-Za-z0-9.-]{0,19})\s*:\s*(.+)$/.exec(line) ?? []
    const own = id ?? firstFree(taken)
    taken.add(own)
    return { id: own, text: text ?? line }
  })
}

function firstFree(taken: ReadonlySet<string>): string {
  for (let at = 1; ; at += 1) if (!taken.has(`S${at}`)) return `S${at}`
}

export function Stakeholders({
  charter,
  requirements,
  open,
}: {
  charter: Charter
  requirements: Plan['charter']['requirements']
  /** Undefined for who may not change it. */
  open: ((name: string | null) => void) | undefined
}) {
  const stakeholders = charter.stakeholders ?? []
  return (
    <Section
      title={say('stakeholders.who-has-a-stake')}
      count={stakeholders.length}
      actions={open && <Button onClick={() => open(null)}>{say('stakeholders.add-a-stakeholder')}</Button>}
    >
      {stakeholders.length === 0 ? (
        <Empty title={say('stakeholders.nobody-yet')}>{say('stakeholders.who-asks-for-what-will-be')}</Empty>
      ) : (
        <ul>
          {stakeholders.map(({ name, role, interest }) => (
            <li key={name} className="border-t border-line py-3 first:border-0 first:pt-0">
              <p className="flex flex-wrap items-baseline gap-x-2">
                {open ? (
                  <button
                    type="button"
                    className="text-left font-medium underline decoration-line-strong"
                    onClick={() => open(name)}
                  >
                    {name}
                  </button>
                ) : (
                  <span className="font-medium">{name}</span>
                )}
                {role && <span className="text-muted">{role}</span>}
              </p>
              {interest && <p className="prose-width text-muted">{interest}</p>}
              <ul>
                {requirements
                  .filter(({ from }) => from === name)
                  .map(({ id, text, cases }) => (
                    <li key={id} className="prose-width">
                      <span className="font-mono text-[0.75rem] text-muted">{id}</span> {text}{' '}
                      <Tag tone={cases.length === 0 ? 'text-stale' : 'text-pass'}>
                        {cases.length === 0
                          ? say('stakeholders.no-case-shows-it')
                          : say('stakeholders.shown-by', { cases: say('many.case', { n: cases.length }) })}
                      </Tag>
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
