/** No circles: of files, of folders by what they import, or of folders by what the plan allows. */
import type { Finding } from '../finding.ts'
import type { Edge, Survey } from '../survey.ts'

/** Findings of `circle`, one for each knot, named at the import that closes it. */
export function checkCircles(survey: Survey): Finding[] {
  const edges = survey.edges.filter(({ by }) => by.kind !== 'worker')
  const betweenFolders = survey.edges.flatMap((edge) => folderEdge(survey, edge))
  const plan = Object.entries({ ...survey.house.folders, ...survey.house.files }).flatMap(([from, { uses }]) =>
    uses.filter((to) => to !== '*').map((to) => ({ from, to, file: 'architecture.json', line: 1 })),
  )
  return [
    ...knots(edges.map(({ from, to, by }) => ({ from: from.path, to: to.path, file: from.path, line: by.line }))).map(
      say('files'),
    ),
    ...knots(betweenFolders).map(say('folders')),
    ...knots(plan).map(say('folders in the plan')),
  ]
}

type Arrow = { from: string; to: string; file: string; line: number }
type Knot = { circle: string[]; arrow: Arrow }

/** A test may reach for anything beneath it, and nobody imports a test: only the house itself can go round. */
function folderEdge({ placeOf }: Survey, { from, to, by }: Edge): Arrow[] {
  const source = placeOf(from.path)
  const target = placeOf(to.path)
  if (from.isTest || !source || !target || source.folder.testsOnly) return []
  const arrow = { file: from.path, line: by.line }
  if (source.name !== target.name) return [{ from: source.name, to: target.name, ...arrow }]
  if (source.sub === target.sub || source.sub === undefined || target.sub === undefined) return []
  return [{ from: source.sub, to: target.sub, ...arrow }]
}

const say =
  (what: string) =>
  ({ circle, arrow }: Knot): Finding => ({
    file: arrow.file,
    line: arrow.line,
    rule: 'circle',
    found: `A circle of ${what}: ${[...circle, circle[0]].join(' → ')}.`,
    remedy: 'Move what both need below them, or turn one arrow round by passing a function in.',
  })

/** One shortest circle for each strongly connected part of the graph. */
function knots(arrows: readonly Arrow[]): Knot[] {
  const next = Map.groupBy(arrows, ({ from }) => from)
  const seen = new Set<string>()
  const found: Knot[] = []
  for (const start of [...next.keys()].sort()) {
    if (seen.has(start)) continue
    const circle = shortestCircle(start, next)
    if (!circle || circle.some((name) => seen.has(name))) continue
    for (const name of circle) seen.add(name)
    const arrow = next.get(start)?.find(({ to }) => to === (circle[1] ?? start))
    if (arrow) found.push({ circle, arrow })
  }
  return found
}

function shortestCircle(start: string, next: ReadonlyMap<string, readonly Arrow[]>): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const name of queue) {
    for (const { to } of next.get(name) ?? []) {
      if (to === start) return trace(name, start, cameFrom)
      if (cameFrom.has(to)) continue
      cameFrom.set(to, name)
      queue.push(to)
    }
  }
  return undefined
}

function trace(last: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [last]
  while (path[0] !== undefined && path[0] !== start) path.unshift(cameFrom.get(path[0]) ?? start)
  return path
}
