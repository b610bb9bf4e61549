/** The axes of a profile as fields. What differs from the application stands in the address bar. */
import { useLocation, useSearch } from 'wouter'
import type { Client } from '../../../sdk/index.ts'
import { Button } from '../ui/button.tsx'
import { Choice, TextField } from '../ui/field.tsx'
import { say } from '../words/say.ts'

export type Profile = NonNullable<Parameters<Client['previewProfile']>[0]['body']>['profile']
type Axis = keyof Profile & string
type Changes = readonly (readonly [Axis, string | string[]])[]

/** Axes of one word out of a list; the first is what silence means. */
const CHOICES: readonly (readonly [Axis, string, readonly string[]])[] = [
  ['audience', say('profile-fields.whom-it-is-for'), ['internal', 'customers', 'public']],
  ['personalData', say('profile-fields.personal-data'), ['unknown', 'none', 'contact', 'sensitive']],
  [
    'autonomy',
    say('profile-fields.what-it-does-with-an-answer'),
    ['', 'answers', 'suggests', 'acts-with-approval', 'acts-alone'],
  ],
  [
    'deployment',
    say('profile-fields.who-runs-the-model'),
    ['', 'hosted-model', 'managed-service', 'own-cloud', 'on-premises', 'device'],
  ],
]
/** Axes in free words; `true` where several may stand. */
const WORDS: readonly (readonly [Axis, string, boolean, string])[] = [
  ['industry', say('profile-fields.industry'), false, 'health'],
  ['domain', say('profile-fields.what-its-answers-are-about'), false, 'recruitment'],
  ['users', say('profile-fields.where-its-users-are'), true, say('profile-fields.eu-ch')],
  ['geography', say('profile-fields.where-the-organisation-is'), true, 'DE'],
  ['regimes', say('profile-fields.laws-it-is-under'), true, say('profile-fields.gdpr-eu-ai-act')],
  ['securityStandards', say('profile-fields.standards-of-security'), true, 'iso-27001'],
]

export function useProfileInAddress(before: Profile) {
  const parameters = new URLSearchParams(useSearch())
  const [path, navigate] = useLocation()
  const axes = [
    ...CHOICES.map(([axis]) => [axis, false] as const),
    ...WORDS.map(([axis, , many]) => [axis, many] as const),
  ]
  const changes: Changes = axes.flatMap(([axis, many]) => {
    const text = parameters.get(axis)
    if (text === null) return []
    const value = many ? listOf(text) : text.trim()
    return textOf(value) === textOf(before[axis]) ? [] : [[axis, value] as const]
  })
  const profile = Object.fromEntries(
    Object.entries({ ...before, ...Object.fromEntries(changes) }).filter(([, value]) => value !== ''),
  ) as Profile
  return {
    profile,
    changes,
    set(axis: Axis | undefined, value = '') {
      const next = new URLSearchParams(window.location.search)
      if (axis === undefined) for (const [one] of axes) next.delete(one)
      else next.set(axis, value)
      const text = next.toString()
      navigate(text ? `${path}?${text}` : path, { replace: true })
    },
  }
}

export function ProfileFields({
  before,
  profile,
  set,
}: {
  before: Profile
  profile: Profile
  set: (axis: Axis | undefined, value?: string) => void
}) {
  const raw = new URLSearchParams(useSearch())
  const textIn = (axis: Axis) => raw.get(axis) ?? textOf(profile[axis])
  const hintOf = (axis: Axis) => {
    const now = textOf(before[axis])
    return textIn(axis) === now
      ? {}
      : { hint: say('profile-fields.now', { now: now || say('profile-fields.not-said') }) }
  }
  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => event.preventDefault()}>
      {CHOICES.map(([axis, label, options]) => (
        <Choice
          key={axis}
          label={label}
          value={textIn(axis) || (options[0] ?? '')}
          onChange={(value) => set(axis, value)}
          options={options.map((one) => [one, one || say('profile-fields.not-said')] as const)}
          {...hintOf(axis)}
        />
      ))}
      {WORDS.map(([axis, label, many, like]) => (
        <TextField
          key={axis}
          label={label}
          value={textIn(axis)}
          onChange={(value) => set(axis, value)}
          hint={
            hintOf(axis).hint ??
            say('profile-fields.for-example', { like, many: many ? say('profile-fields.several-with-commas') : '' })
          }
        />
      ))}
      <div>
        <Button onClick={() => set(undefined)}>{say('profile-fields.as-it-is-now')}</Button>
      </div>
    </form>
  )
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value ?? ''))
