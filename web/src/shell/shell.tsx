/** What surrounds every page: where one can go, finding anything, keys, and what is live. */
import { useQueryClient } from '@tanstack/react-query'
import { CircleHelp, Search } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { watchChanges } from '../data/live.ts'
import { say } from '../words/say.ts'
import { moveRow, useKeys } from './keyboard.ts'
import { Logo } from './logo.tsx'
import { PLACES, placeOf } from './places.ts'
import { ThemeSwitch } from './theme-switch.tsx'

const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }))
const Help = lazy(async () => ({ default: (await import('./help.tsx')).Help }))

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

export function Shell({ children }: { children: ReactNode }) {
  const [path, navigate] = useLocation()
  const [open, setOpen] = useState<'palette' | 'help' | undefined>()
  const client = useQueryClient()
  useEffect(() => watchChanges(client), [client])
  useEffect(() => {
    if (path) window.scrollTo(0, 0)
  }, [path])
  useKeys({
    'mod k': () => setOpen('palette'),
    '/': () => setOpen('palette'),
    '?': () => setOpen('help'),
    j: () => moveRow(1),
    k: () => moveRow(-1),
    ...Object.fromEntries(PLACES.map(({ key, href }) => [`g ${key}`, () => navigate(href)])),
  })
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[13.5rem_1fr]">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:bg-raised focus:px-3 focus:py-2"
      >
        {say('shell.go-to-the-content')}
      </a>
      <header className="sticky top-0 z-30 flex h-12 items-center justify-between gap-2 border-b border-line bg-surface px-4 md:top-0 md:h-dvh md:flex-col md:items-stretch md:justify-start md:border-r md:border-b-0 md:bg-sunken md:px-3 md:py-4">
        <Link href="/applications" className="rounded md:px-2 md:pb-4">
          <Logo />
        </Link>
        <button
          type="button"
          onClick={() => setOpen('palette')}
          className="flex h-8 items-center gap-2 rounded border border-line bg-raised px-2 text-muted hover:bg-hover md:mb-3"
        >
          <Search size={14} aria-hidden />
          <span>{say('shell.find-or-do')}</span>
          <kbd className="ml-auto hidden font-sans text-[0.75rem] text-faint md:block">
            {isMac ? '⌘K' : say('shell.ctrl-k')}
          </kbd>
        </button>
        <Places path={path} />
        <div className="hidden md:mt-auto md:flex md:items-center md:justify-between md:px-1">
          <ThemeSwitch />
          <button
            type="button"
            aria-label={say('shell.help-keys-and-words')}
            title={say('shell.help')}
            onClick={() => setOpen('help')}
            className="grid size-8 place-items-center rounded text-muted hover:bg-hover hover:text-text"
          >
            <CircleHelp size={16} aria-hidden />
          </button>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="min-w-0 outline-none">
        {children}
      </main>
      <Suspense>
        {open === 'palette' && <Palette onClose={() => setOpen(undefined)} onHelp={() => setOpen('help')} />}
        {open === 'help' && <Help onClose={() => setOpen(undefined)} />}
      </Suspense>
    </div>
  )
}

/** At the side of a wide window, at the foot of a phone. */
function Places({ path }: { path: string }) {
  const place = placeOf(path)
  const bar = useRef<HTMLElement>(null)
  // A phone has no room for all of them at once.
  useEffect(() => {
    bar.current?.querySelector(`[href="${place}"]`)?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  }, [place])
  return (
    <nav
      aria-label={say('shell.places')}
      ref={bar}
      className="fixed inset-x-0 bottom-0 z-30 flex overflow-x-auto border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:static md:flex-col md:gap-0.5 md:overflow-visible md:border-0 md:bg-transparent"
    >
      {PLACES.map(({ label, short, href, icon: Icon, key }) => (
        <Link
          key={href}
          href={href}
          title={`g ${key}`}
          aria-current={place === href ? 'page' : undefined}
          className="flex h-14 min-w-16 flex-1 flex-col items-center justify-center gap-1 rounded text-[0.6875rem] text-muted hover:text-text aria-[current=page]:text-accent md:h-8 md:flex-none md:flex-row md:justify-start md:gap-2.5 md:px-2 md:text-data md:hover:bg-hover md:aria-[current=page]:bg-selected md:aria-[current=page]:text-text"
        >
          <Icon size={16} aria-hidden />
          <span className="md:hidden">{short}</span>
          <span className="hidden md:inline">{label}</span>
        </Link>
      ))}
    </nav>
  )
}
