/** The seven verdicts: a mark of its own shape and colour, and always the word. */
import type { ReactNode } from 'react'
import type { Verdict } from '../../../sdk/index.ts'
import { say } from '../words/say.ts'

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  PASS: 'pass',
  FAIL: 'fail',
  MISSING: 'missing',
  STALE: 'stale',
  INCONCLUSIVE: 'inconclusive',
  WAIVED: 'waived',
  NOT_APPLICABLE: say('verdict.not-applicable'),
}

export const VERDICT_COLOR: Readonly<Record<Verdict, string>> = {
  PASS: 'text-pass',
  FAIL: 'text-fail',
  MISSING: 'text-muted',
  STALE: 'text-stale',
  INCONCLUSIVE: 'text-inconclusive',
  WAIVED: 'text-stale',
  NOT_APPLICABLE: 'text-faint',
}

const SHAPES: Readonly<Record<Verdict, ReactNode>> = {
  PASS: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.8 8.3 7 10.5l4.3-4.8" fill="none" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  FAIL: (
    <>
      <rect x="1.5" y="1.5" width="13" height="13" rx="2" fill="currentColor" />
      <path d="m5.2 5.2 5.6 5.6m0-5.6-5.6 5.6" stroke="var(--surface)" strokeWidth="1.8" />
    </>
  ),
  MISSING: (
    <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2.27" />
  ),
  STALE: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 4.4V8l2.5 1.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  INCONCLUSIVE: (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 1.8a6.2 6.2 0 0 0 0 12.4Z" fill="currentColor" />
    </>
  ),
  WAIVED: (
    <>
      <path d="m8 1.4 6.6 6.6L8 14.6 1.4 8Z" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <circle cx="8" cy="8" r="1.5" fill="currentColor" />
    </>
  ),
  NOT_APPLICABLE: <path d="M4.5 8h7" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" />,
}

/** The mark alone, with the word for those who do not see it. */
export function VerdictMark({ verdict, size = 16, title }: { verdict: Verdict; size?: number; title?: string }) {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by its label, or hidden where the word stands beside it
    <svg
      {...(title === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title ?? VERDICT_WORDS[verdict] })}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      className={`inline-block shrink-0 ${VERDICT_COLOR[verdict]}`}
    >
      {SHAPES[verdict]}
    </svg>
  )
}

/** The mark as part of a drawing whose words stand elsewhere. */
export const verdictShape = (verdict: Verdict): ReactNode => SHAPES[verdict]
