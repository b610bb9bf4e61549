/** The frame of a page: where it is, what it is, where it stands, and what can be done. */
import { ChevronRight } from 'lucide-react'
import { Fragment, type ReactNode, useEffect } from 'react'
import { Link } from 'wouter'
import { number } from '../data/format.ts'
import { say } from '../words/say.ts'

type Crumb = { label: string; href: string }

export function Page({
  title,
  crumbs = [],
  aside,
  actions,
  children,
}: {
  title: string
  crumbs?: readonly Crumb[]
  /** Beside the title: tags, digest, state. */
  aside?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  useEffect(() => {
    document.title = `${[title, ...crumbs.map(({ label }) => label).reverse()].join(' · ')} · Airworthy`
  }, [title, crumbs])
  return (
    <div className="mx-auto w-full max-w-[76rem] px-4 pt-4 pb-24 md:px-8 md:pt-6">
      {crumbs.length > 0 && (
        <nav
          aria-label={say('page.breadcrumb')}
          className="mb-1 flex flex-wrap items-center gap-1 text-data text-muted"
        >
          {crumbs.map(({ label, href }) => (
            <Fragment key={href}>
              <Link href={href} className="rounded hover:text-text">
                {label}
              </Link>
              <ChevronRight size={13} aria-hidden className="text-faint" />
            </Fragment>
          ))}
        </nav>
      )}
      <div className="mb-5 flex flex-wrap items-center gap-x-3 gap-y-2">
        <h1 className="text-title">{title}</h1>
        {aside}
        {actions && <div className="flex flex-wrap items-center gap-2 md:ml-auto">{actions}</div>}
      </div>
      {children}
    </div>
  )
}

/** A part of a page under a second heading. White space separates; there is no box. */
export function Section({
  title,
  count,
  note,
  actions,
  children,
  id,
}: {
  title: string
  count?: number
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
  id?: string
}) {
  return (
    <section aria-label={title} id={id} className="mt-8 first:mt-0">
      <div className="mb-2 flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
        <h2 className="text-prose">
          {title}
          {count !== undefined && <span className="ml-1.5 font-normal text-muted">{number(count)}</span>}
        </h2>
        {note && <div className="text-data text-muted">{note}</div>}
        {actions && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  )
}

/** Where it stands, in one sentence that is read first. */
export const Lead = ({ children }: { children: ReactNode }) => <p className="prose-width mb-6 text-prose">{children}</p>

/** Pairs of a name and a value. */
export function Facts({ items }: { items: readonly (readonly [ReactNode, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[minmax(7rem,max-content)_1fr] gap-x-6 gap-y-1.5">
      {items.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the list is fixed in order
        <Fragment key={index}>
          <dt className="text-muted">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </Fragment>
      ))}
    </dl>
  )
}
