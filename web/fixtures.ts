/** Made-up answers of the API for looking at pages: development only, never part of the build. */
import { APP, id, page, RELEASES } from './fixtures/basics.ts'
import { catalogue, decision, plan, waiver } from './fixtures/catalogue.ts'
import { applications, changes, files, histories, releases, rollouts } from './fixtures/delivery.ts'
import { experiment, rows } from './fixtures/evals.ts'
import { actors, answer, audit, evidence, keys, limits, me, signed, trace, traces } from './fixtures/others.ts'

type Request = { parts: string[]; query: URLSearchParams }
type Responder = (request: Request) => unknown

const without = <Item extends object>({ manifest: _, ...rest }: Item & { manifest?: unknown }) => rest
const one =
  <Item extends { id?: string }>(items: readonly Item[]) =>
  ({ parts }: Request) =>
    items.find((item) => item.id === parts[0])
const fitting =
  (items: readonly Record<string, unknown>[]) =>
  ({ query }: Request) =>
    page(
      items.filter((item) =>
        [...query].every(
          ([name, value]) =>
            ['limit', 'cursor', 'order', 'evaluator', 'text', 'status'].includes(name) || item[name] === value,
        ),
      ),
    )

const ROUTES: readonly (readonly [string, string, Responder])[] = [
  ['GET', '/api/v1/me', () => me],
  [
    'GET',
    '/api/v1/example',
    () => ({
      state: 'running',
      message: 'Chapter 2: release 2 has 20 % of the traffic.',
      story: ['Release 1 was frozen.', 'The gate into poc was held by 5 of 12.'],
      job: null,
    }),
  ],
  ['GET', '/api/v1/actors', () => page(actors)],
  ['GET', '/api/v1/keys', () => page(keys)],
  [
    'POST',
    '/api/v1/keys',
    () => ({ id: id('key', 'n'), secret: 'awk_0123456789abcdefghijklmnopqrstuvwxyzABCD', key: keys[1] }),
  ],
  ['GET', '/api/v1/audit', () => page(audit)],
  ['GET', '/api/v1/audit/verification', () => ({ kind: 'intact', entries: 130, head: audit[0]?.digest })],
  [
    'GET',
    '/api/v1/templates',
    () =>
      page([
        {
          name: 'support-assistant',
          title: 'Support assistant',
          description: 'Answers questions from documents, with citations.',
          files: [],
        },
        {
          name: 'bring-your-own',
          title: 'Bring your own',
          description: 'An existing application behind HTTP or an OpenAI-compatible address.',
          files: [],
        },
      ]),
  ],
  ['GET', '/api/v1/catalogue', () => catalogue],
  ['GET', '/api/v1/applications', () => page(applications)],
  ['GET', '/api/v1/applications/*', ({ parts }) => applications.find(({ name }) => name === parts[0])],
  ['GET', '/api/v1/applications/*/blueprint', () => ({ files, digest: applications[0]?.blueprint })],
  [
    'POST',
    '/api/v1/applications/*/blueprint/check',
    () => ({
      ok: false,
      digest: null,
      problems: [
        {
          file: 'airworthy.yaml',
          line: 8,
          field: 'models.reader.model',
          message: 'There is no model local/extract.',
          remedy: 'Choose one of local/extractive, local/first-sentence.',
        },
      ],
    }),
  ],
  ['GET', '/api/v1/applications/*/limits', () => limits],
  [
    'GET',
    '/api/v1/applications/*/releases',
    ({ parts }) => page(parts[0] === APP ? releases.map(without).reverse() : []),
  ],
  ['GET', '/api/v1/releases/*', one(releases)],
  [
    'GET',
    '/api/v1/releases/*/changes',
    ({ parts }) => (parts[0] === RELEASES[0]?.id ? { since: null, items: [] } : changes),
  ],
  [
    'GET',
    '/api/v1/releases/*/gates/*',
    ({ parts }) => decision(releases.find((release) => release.id === parts[0])?.number ?? 1),
  ],
  ['POST', '/api/v1/releases/*/gates/*/runs', () => ({ kind: 'quote', plan })],
  ['POST', '/api/v1/releases/*/answers', () => answer],
  ['GET', '/api/v1/waivers', ({ query }) => page(query.get('release') === waiver.release ? [waiver] : [])],
  ['GET', '/api/v1/rollouts', fitting(rollouts)],
  ['GET', '/api/v1/rollouts/*', one(rollouts)],
  ['GET', '/api/v1/rollouts/*/history', ({ parts }) => ({ items: histories[parts[0] ?? ''] ?? [] })],
  ['GET', '/api/v1/experiments', fitting([experiment])],
  ['GET', '/api/v1/experiments/*', one([experiment])],
  [
    'GET',
    '/api/v1/experiments/*/rows',
    ({ query }) =>
      page(
        rows
          .filter(
            ({ arm, example }) =>
              (!query.get('arm') || arm === query.get('arm')) &&
              (!query.get('example') || example === query.get('example')),
          )
          .sort((a, b) => a.difference - b.difference),
      ),
  ],
  ['GET', '/api/v1/evidence', fitting(evidence)],
  [
    'GET',
    '/api/v1/evidence/*',
    ({ parts }) => {
      const found = evidence.find((piece) => piece.id === parts[0])
      return found && signed(found)
    },
  ],
  ['GET', '/api/v1/traces', fitting(traces)],
  [
    'GET',
    '/api/v1/traces/*',
    ({ parts }) => {
      const found = traces.find(({ traceId }) => traceId === parts[0])
      return found && trace(found)
    },
  ],
]

/** The body for a request; undefined when there is none. */
export function answerOf(method: string, url: URL): unknown {
  for (const [allowed, pattern, respond] of ROUTES) {
    const match = new RegExp(`^${pattern.replaceAll('*', '([^/]+)')}$`).exec(url.pathname)
    if (match && allowed === method)
      return respond({ parts: match.slice(1).map(decodeURIComponent), query: url.searchParams })
  }
  return undefined
}
