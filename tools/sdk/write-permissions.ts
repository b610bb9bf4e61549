/** Writes `docs/permissions.md`: who may do what, read from the routes and the roles, for people who judge it. */
import { Permission, Role } from '../../src/core/actor.ts'
import type { RouteShape } from '../../src/wire/route.ts'

export type Allowed = Readonly<Record<Role, ReadonlySet<Permission>>>

/** The gateway's doors are no routes of the control API; each stands here with what it asks for. */
const GATEWAY: readonly Row[] = [
  { name: 'ask an application', method: 'POST', path: '/v1/chat/completions', permission: 'infer' },
  {
    name: 'ask a model directly, as `provider/model`',
    method: 'POST',
    path: '/v1/chat/completions',
    permission: 'infer-models',
  },
  { name: 'list what can be asked', method: 'GET', path: '/v1/models', permission: 'infer' },
]

const MEANING: Readonly<Record<Permission, string>> = {
  view: 'look at applications, releases, evidence, traces, limits',
  infer: 'ask applications through the gateway, send traces and feedback',
  'infer-models': 'ask models directly, past every application',
  build: 'create applications, change blueprints, freeze, run experiments',
  operate: 'pause and abort rollouts, set limits, switch things off and on, connect providers',
  attest: 'answer checks as a person, and bring in reports',
  promote: 'promote into the next stage and start rollouts, where the gate is open',
  waive: 'grant or refuse a waiver that somebody else asked for',
  audit: 'read the audit log, verify and export it; see keys',
  privacy: 'give people a copy of what is kept about them, delete it, see receipts',
  administer: 'people, roles, keys, invitations, sessions of others',
}

/** The text of the document; a test tries every cell of it over HTTP. */
export function writePermissions(routes: readonly RouteShape[], allowed: Allowed): string {
  const groups = Map.groupBy([...routes].sort(byPlace), groupOf)
  return [
    '# Who may do what',
    '',
    'Written by `npm run generate:sdk` from the declarations of the routes and the table of roles; do not edit. `src/house/permissions.test.ts` tries every cell below over HTTP against a running server: *yes* is an answer that is neither 401 nor 403, *-* is a 403 with a code.',
    '',
    'A person or a key has one role; a key may be narrowed further to some permissions, to one application, and in time, and never does more than its person may do today. A key that is bound to one application is refused everything about others and about the installation. Who shows no key and no session is refused everything but the rows marked *open*.',
    '',
    '## Permissions of the roles',
    '',
    `| permission | what it is for | ${Role.options.join(' | ')} |`,
    `|---|---|${Role.options.map(() => '---').join('|')}|`,
    ...Permission.options.map(
      (permission) => `| ${permission} | ${MEANING[permission]} | ${cells(permission, allowed)} |`,
    ),
    '',
    '## Operations',
    '',
    '*Approval* marks acts for which an installation may demand a second factor: *word* is a person’s own word, which no program may give then; *decision* rests on a gate, so that a program may ask for it.',
    '',
    ...[...groups].flatMap(([group, members]) => tableOf(group, members, allowed)),
    ...tableOf('Gateway', GATEWAY, allowed),
  ].join('\n')
}

type Row = Pick<RouteShape, 'name' | 'method' | 'path' | 'approval' | 'permission'>

function tableOf(title: string, rows: readonly Row[], allowed: Allowed): string[] {
  return [
    `### ${title}`,
    '',
    `| operation | request | permission | approval | ${Role.options.join(' | ')} |`,
    `|---|---|---|---|${Role.options.map(() => '---').join('|')}|`,
    ...rows.map(
      ({ name, method, path, permission, approval }) =>
        `| ${name} | \`${method} ${path}\` | ${permission} | ${approval ?? ''} | ${cells(permission, allowed)} |`,
    ),
    '',
  ]
}

const cells = (permission: Row['permission'], allowed: Allowed): string =>
  Role.options.map((role) => (permission === 'open' || allowed[role].has(permission) ? 'yes' : '-')).join(' | ')

const groupOf = ({ path }: Row): string => {
  const noun = /^\/api\/v1\/([a-z-]+)/.exec(path)?.[1]
  return noun === undefined ? 'Server' : noun.charAt(0).toUpperCase() + noun.slice(1).replaceAll('-', ' ')
}

const byPlace = (one: Row, other: Row): number =>
  groupOf(one).localeCompare(groupOf(other)) || one.name.localeCompare(other.name)
