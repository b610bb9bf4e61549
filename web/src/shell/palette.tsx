/** Finds anything and does anything: places, applications, releases, gates, rollouts. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useLocation } from 'wouter'
import { applicationNames, releases, rollouts, useMay } from '../data/queries.ts'
import { nextStage } from '../delivery/stages.ts'
import { Dialog } from '../ui/dialog.tsx'
import { say } from '../words/say.ts'
import { BESIDE, PLACES } from './places.ts'
import { chooseTheme } from './theme.ts'

type Command = { kind: 'go' | 'do'; label: string; note: string; run: () => void }

export function Palette({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const id = useId()
  const go = (href: string) => () => {
    onClose()
    navigate(href)
  }
  const commands = useCommands(go, { onHelp, onClose })
  const found = commands.filter(({ label, note }) => matches(`${label} ${note}`, text)).slice(0, 50)
  const chosen = Math.min(at, found.length - 1)
  return (
    <Dialog title={say('palette.find-or-do')} onClose={onClose} top>
      <input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={found[chosen] ? `${id}-${chosen}` : undefined}
        aria-label={say('palette.find-or-do')}
        placeholder={say('palette.find-an-application-a-release-a-page')}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, chosen + 1))
          else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1))
          else if (event.key === 'Enter') found[chosen]?.run()
          else return
          event.preventDefault()
        }}
        className="w-full border-b border-line bg-transparent px-4 py-3 text-prose outline-none"
      />
      <div
        role="listbox"
        id={`${id}-list`}
        aria-label={say('palette.results')}
        className="max-h-[50vh] overflow-y-auto p-1.5"
      >
        {found.map((command, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: chosen by aria-activedescendant
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
          <div
            key={`${command.kind}${command.label}${command.note}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: 'nearest' })
            }}
            onMouseMove={() => setAt(index)}
            onClick={command.run}
            className="flex min-h-9 cursor-pointer items-center gap-3 rounded px-3 aria-selected:bg-selected"
          >
            <span className="w-6 shrink-0 text-muted">{command.kind}</span>
            <span className="truncate">{command.label}</span>
            <span className="ml-auto truncate text-muted">{command.note}</span>
          </div>
        ))}
        {found.length === 0 && <p className="px-3 py-4 text-muted">{say('palette.nothing-here-is-called-that')}</p>}
      </div>
    </Dialog>
  )
}

function useCommands(
  go: (href: string) => () => void,
  { onHelp, onClose }: { onHelp: () => void; onClose: () => void },
): Command[] {
  const may = useMay()
  const all = useQuery(applicationNames).data?.items ?? []
  const open =
    useQuery(rollouts({})).data?.items.filter(({ state }) =>
      ['planned', 'running', 'holding', 'paused'].includes(state),
    ) ?? []
  const frozen = useQueries({ queries: all.slice(0, 30).map(({ name }) => releases(name)) }).flatMap(
    ({ data }) => data?.items ?? [],
  )
  return [
    ...PLACES.map(({ label, href, key }): Command => ({ kind: 'go', label, note: `g ${key}`, run: go(href) })),
    ...BESIDE.map(([label, href, note]): Command => ({ kind: 'go', label, note, run: go(href) })),
    ...all.map(
      ({ name, description }): Command => ({
        kind: 'go',
        label: name,
        note: description,
        run: go(`/applications/${name}`),
      }),
    ),
    ...frozen.map(
      (release): Command => ({
        kind: 'go',
        label: `${release.application} r${release.number}`,
        note: say('palette.release-in', { stage: release.stage, digest: release.digest.slice(-64, -56) }),
        run: go(`/releases/${release.id}`),
      }),
    ),
    ...(may('build') ? frozen : []).flatMap((release): Command[] => {
      const stage = nextStage(release.stage)
      if (!stage) return []
      return [
        {
          kind: 'do',
          label: say('palette.run-the-gate-into', { stage }),
          note: `${release.application} r${release.number}`,
          run: go(`/releases/${release.id}/gates/${stage}?do=run`),
        },
      ]
    }),
    ...(may('operate') ? open : []).map(
      (rollout): Command => ({
        kind: 'do',
        label: say('palette.abort-the-rollout-and-roll-back'),
        note: say('palette.r-in', {
          application: rollout.application,
          candidateNumber: rollout.candidateNumber,
          stage: rollout.stage,
        }),
        run: go(`/rollouts/${rollout.id}?do=abort`),
      }),
    ),
    ...(['light', 'dark', 'system'] as const).map(
      (theme): Command => ({
        kind: 'do',
        label: say('palette.theme', { theme }),
        note: '',
        run: () => {
          chooseTheme(theme)
          onClose()
        },
      }),
    ),
    { kind: 'go', label: say('palette.help-keys-and-words'), note: '?', run: onHelp },
  ]
}

/** Every word typed stands somewhere, in any order. */
const matches = (text: string, typed: string): boolean =>
  typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word))
