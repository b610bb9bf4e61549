/** What a page shows when there is nothing yet, when it waits, and when something went wrong. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { AirworthyError } from '../../../sdk/index.ts'
import { ConfirmCode } from '../access/confirm-code.tsx'
import { isCounting, isOffline, isSignedOut } from '../data/failure.ts'
import type { Problem } from '../data/shapes.ts'
import { say } from '../words/say.ts'
import { CopyButton } from './bits.tsx'
import { Button } from './button.tsx'
import { Said } from './said.tsx'

/** What will be here, and the one command and the one button that fill it. */
export function Empty({
  title,
  children,
  command,
  action,
}: {
  title: string
  children: ReactNode
  command?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="prose-width flex flex-col items-start gap-3 rounded border border-dashed border-line-strong px-5 py-6">
      <p className="text-prose font-medium">{title}</p>
      <p className="text-muted">{children}</p>
      {(command || action) && (
        <div className="mt-1 flex max-w-full flex-wrap items-center gap-3">
          {action}
          {command}
        </div>
      )}
    </div>
  )
}

/** Keeps the place of what is on its way; says how far it is where a job counts it. */
export function Waiting({ rows = 6, because }: { rows?: number; because?: unknown }) {
  if (isCounting(because))
    return (
      <p role="status" className="text-muted">
        {because.message}
      </p>
    )
  return (
    <div role="status" aria-label={say('states.loading')} className="flex flex-col gap-2 py-1">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={row} className="h-6 rounded bg-sunken" />
      ))}
    </div>
  )
}

/** What happened, whether anything was lost, what to do, and the code to copy. */
export function Trouble({ failure, again }: { failure: unknown; again?: () => void }) {
  const code = failure instanceof AirworthyError ? failure.code : isOffline(failure) ? 'web.unreachable' : 'web.broken'
  const text = isOffline(failure)
    ? say('states.the-server-does-not-answer-nothing-was')
    : failure instanceof Error
      ? failure.message
      : String(failure)
  const problems = failure instanceof AirworthyError ? failure.problems : []
  // A single mistake is often the sentence itself.
  const told = problems.filter(({ message, remedy }) => remedy || !text.includes(message))
  return (
    <div role="alert" className="prose-width my-2 rounded border border-fail px-4 py-3">
      <p>
        <Said text={text} />
      </p>
      {told.length > 0 && <Problems problems={told} />}
      {code === 'access.second-factor-needed' && <ConfirmCode />}
      <p className="mt-2 flex items-center gap-2 text-muted">
        <code className="font-mono text-[0.75rem]">{code}</code>
        <CopyButton text={code} what={say('states.code')} />
        {again && <Button onClick={again}>{say('states.try-again')}</Button>}
      </p>
    </div>
  )
}

export function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className="mt-2 flex flex-col gap-1.5">
      {problems.map(({ file, line, field, message, remedy }) => (
        <li key={`${file}${line}${field}${message}`}>
          <span className="font-mono text-[0.75rem] text-muted">
            {[file, line].filter(Boolean).join(':')} {field}
          </span>
          <br />
          <Said text={message} />{' '}
          {remedy && (
            <span className="text-muted">
              <Said text={remedy} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** The answer of a query, or what stands in its place. Being signed out is shown by the shell. */
export function Loaded<Value>({
  query,
  rows,
  children,
}: {
  query: UseQueryResult<Value>
  rows?: number
  children: (value: Value) => ReactNode
}) {
  if (query.data !== undefined) return children(query.data)
  if (query.error && !isSignedOut(query.error))
    return <Trouble failure={query.error} again={() => void query.refetch()} />
  return <Waiting because={query.failureReason} {...(rows !== undefined && { rows })} />
}
