/** Buttons and links that look like them. One primary a page. */
import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { Link } from 'wouter'

type Tone = 'primary' | 'plain' | 'danger' | 'quiet'

const TONES: Readonly<Record<Tone, string>> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover border-transparent',
  plain: 'bg-raised text-text border-line hover:bg-hover',
  danger: 'bg-raised text-danger border-current hover:bg-hover hover:text-danger-hover',
  quiet: 'border-transparent text-muted hover:bg-hover hover:text-text',
}
const BASE =
  'inline-flex min-h-8 items-center justify-center gap-1.5 rounded border px-3 text-data font-medium whitespace-nowrap transition-colors duration-150 disabled:opacity-60 disabled:cursor-not-allowed'

export function Button({
  tone = 'plain',
  className = '',
  busy,
  children,
  ...rest
}: ButtonHTMLAttributes<HTMLButtonElement> & { tone?: Tone; busy?: boolean }) {
  return (
    <button type="button" {...rest} disabled={rest.disabled || busy} className={`${BASE} ${TONES[tone]} ${className}`}>
      {children}
      {busy && <span className="text-current">…</span>}
    </button>
  )
}

export function ButtonLink({ href, tone = 'plain', children }: { href: string; tone?: Tone; children: ReactNode }) {
  return (
    <Link href={href} className={`${BASE} ${TONES[tone]}`}>
      {children}
    </Link>
  )
}

/** A link in running text or in a table. */
export function TextLink({
  href,
  children,
  className = '',
}: {
  href: string
  children: ReactNode
  className?: string
}) {
  return (
    <Link
      href={href}
      className={`text-text underline decoration-line-strong underline-offset-3 hover:decoration-current ${className}`}
    >
      {children}
    </Link>
  )
}

/** What a button says about what it will cost. */
export const Price = ({ children }: { children: ReactNode }) => (
  <span className="font-normal opacity-85">{children}</span>
)
