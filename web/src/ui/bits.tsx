/** Small things that every page shows: times, digests, tags, people. */
import { Check, Copy } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { absoluteTime, relativeTime, useNow } from '../data/time.ts'
import { GLOSSARY } from '../glossary.ts'
import { say } from '../words/say.ts'
import { Scrollable } from './scrollable.tsx'
import { Hint } from './term.tsx'

/** How long ago, with the exact time on hover. */
export function Ago({ at, live = false }: { at: string; live?: boolean }) {
  const now = useNow(live ? 1000 : 30_000)
  return (
    <time dateTime={at} title={absoluteTime(at)} className="whitespace-nowrap">
      {relativeTime(at, now)}
    </time>
  )
}

const bareDigest = (value: string): string => value.replace(/^sha256:/, '')

/** The first eight characters alone, for places that are a button already. */
export const ShortDigest = ({ value }: { value: string }) => (
  <span title={value} className="font-mono text-[0.75rem] text-muted">
    {bareDigest(value).slice(0, 8)}
  </span>
)

/** The first eight characters of a digest, with the whole to copy. */
export function Digest({ value }: { value: string }) {
  return (
    <span className="inline-flex items-center gap-0.5 font-mono text-[0.75rem]">
      <span title={value}>{bareDigest(value).slice(0, 8)}</span>
      <CopyButton text={value} what={say('bits.digest')} />
    </span>
  )
}

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [copied, setCopied] = useState(false)
  return (
    <button
      type="button"
      aria-label={copied ? say('bits.copied-the', { what }) : say('bits.copy-the', { what })}
      className="inline-grid size-6 place-items-center rounded text-faint hover:bg-hover hover:text-text"
      onClick={async (event) => {
        event.stopPropagation()
        await navigator.clipboard.writeText(text)
        setCopied(true)
        window.setTimeout(() => setCopied(false), 1500)
      }}
    >
      {copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
    </button>
  )
}

/** A command to type, with a button to copy it. */
export function Command({ text }: { text: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1 rounded border border-line bg-sunken py-0.5 pr-0.5 pl-2.5 font-mono text-[0.75rem]">
      <Scrollable as="span" className="min-w-0 overflow-x-auto whitespace-nowrap">
        {text}
      </Scrollable>
      <CopyButton text={text} what={say('bits.command')} />
    </span>
  )
}

/** A secret, an address or words to copy, whole to see: words stay whole, and what is longer than a line breaks. */
export const LongText = ({ text, what }: { text: string; what: string }) => (
  <span className="flex items-start gap-1 rounded border border-line bg-sunken py-1 pr-0.5 pl-2.5 font-mono text-[0.75rem]">
    <span className="min-w-0 whitespace-pre-wrap wrap-anywhere">{text}</span>
    <span className="ml-auto shrink-0">
      <CopyButton text={text} what={what} />
    </span>
  </span>
)

export const Tag = ({ children, tone = 'text-muted' }: { children: ReactNode; tone?: string }) => (
  <span
    className={`inline-flex items-center gap-1 rounded border border-line px-1.5 text-[0.75rem] leading-5 whitespace-nowrap ${tone}`}
  >
    {children}
  </span>
)

/** Marks what example people made. */
export const ExampleTag = () => (
  <Hint text={GLOSSARY.example}>
    <Tag>{say('bits.example')}</Tag>
  </Hint>
)

export const Dot = () => (
  <span aria-hidden className="text-faint">
    ·
  </span>
)
