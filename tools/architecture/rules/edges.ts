/** Who may import whom: listed edges only, other folders through their front door, test helpers in tests only. */
import type { Finding } from '../finding.ts'
import type { House, Place } from '../house.ts'
import type { Edge, Survey } from '../survey.ts'

/** Findings of `place`, `edge`, `front-door` and `tests-only`. */
export function checkEdges(survey: Survey): Finding[] {
  const homeless = survey.sources
    .filter(({ path }) => !survey.placeOf(path) && !/\.config\.ts$|\.d\.ts$/.test(path))
    .map(
      ({ path }): Finding => ({
        file: path,
        line: 1,
        rule: 'place',
        found: 'This file has no place in the house.',
        remedy: 'Move it into a folder that architecture.json lists, or list its folder or file there.',
      }),
    )
  return [...homeless, ...survey.edges.flatMap((edge) => judge(survey, edge) ?? [])]
}

function judge({ house, placeOf }: Survey, edge: Edge): Finding | undefined {
  const from = placeOf(edge.from.path)
  const to = placeOf(edge.to.path)
  if (!from || !to || isContractOfGenerator(edge)) return undefined
  if (from.name === to.name) return withinSlice(edge, from, to)
  if (to.folder.testsOnly) return mayUseTestHelp(edge, from, to) ? undefined : testHelp(edge, to)
  if (!mayUse(from, to)) return strangeEdge(edge, from, to)
  return isFrontDoor(house, edge.to.path, to) ? undefined : backDoor(edge, to.name)
}

const mayUse = ({ folder }: Place, to: Place): boolean => folder.uses.includes('*') || folder.uses.includes(to.name)

const mayUseTestHelp = ({ from: source }: Edge, from: Place, to: Place): boolean =>
  source.isTest || from.folder.testsOnly || from.folder.uses.includes(to.name)

const isFrontDoor = (house: House, path: string, { name }: Place): boolean =>
  path === name ||
  house.byFile.some((open) => `${name}/`.startsWith(`${open}/`)) ||
  path === `${name}/index.ts` ||
  path === `${name}/src/index.ts`

/** The SDK is written from the routes: its generator, and the test that looks for drift, read contracts by file. */
const isContractOfGenerator = ({ from, to }: Edge): boolean =>
  to.path.endsWith('/contract.ts') && (/^tools\/generate-/.test(from.path) || /^sdk\/.*\.test\.ts$/.test(from.path))

/** Sub-slices know each other by their `index.ts`; what lies in the slice itself is open to all of them. */
function withinSlice(edge: Edge, from: Place, to: Place): Finding | undefined {
  if (to.sub === undefined || to.sub === from.sub || edge.to.path === `${to.sub}/index.ts`) return undefined
  return backDoor(edge, to.sub)
}

const backDoor = ({ from, to, by }: Edge, folder: string): Finding => ({
  file: from.path,
  line: by.line,
  rule: 'front-door',
  found: `Imports ${to.path}, which is inside ${folder}.`,
  remedy: `Import ${folder}/index.ts, and export there what you need.`,
})

const strangeEdge = ({ from, by }: Edge, fromPlace: Place, to: Place): Finding => ({
  file: from.path,
  line: by.line,
  rule: 'edge',
  found: `${fromPlace.name} may not use ${to.name}.`,
  remedy: 'Declare what you need as a function type in your own folder and let src/airworthy.ts pass it in.',
})

const testHelp = ({ from, by }: Edge, to: Place): Finding => ({
  file: from.path,
  line: by.line,
  rule: 'tests-only',
  found: `${to.name} is for tests alone.`,
  remedy: 'Move what the product needs out of it, or make this file a test.',
})
