/** Each npm package has one owner: the folder that alone imports it and so can replace it. */
import type { Finding } from '../finding.ts'
import type { House } from '../house.ts'
import type { PackageUse, Survey } from '../survey.ts'

/** Findings of `package`: imports by others than the owner, and lists that disagree with `package.json`. */
export function checkPackages(survey: Survey): Finding[] {
  return [...survey.packageUses.flatMap((use) => judge(survey, use) ?? []), ...checkLists(survey)]
}

function judge(survey: Survey, use: PackageUse): Finding | undefined {
  const { house } = survey
  const { from, name, by } = use
  const at = { file: from.path, line: by.line, rule: 'package' as const }
  if (house.everywhere.includes(name)) return undefined
  if (house.storeOnly.includes(name)) return undefined // the SQL rule speaks about these
  if (house.development.includes(name) && isWorkshop(survey, use)) return undefined

  const owners = ownersOf(house, name)
  if (owners.some((owner) => from.path === owner || from.path.startsWith(`${owner}/`)))
    return onlyForDevelopment(survey, use)
  if (owners.length > 0) {
    return {
      ...at,
      found: `${name} belongs to ${owners.join(', ')}.`,
      remedy: 'Ask that folder for a function instead.',
    }
  }
  return house.development.includes(name)
    ? {
        ...at,
        found: `${name} is for tests and tools.`,
        remedy: 'Give it an owner folder in architecture.json, or do without.',
      }
    : { ...at, found: `${name} has no owner.`, remedy: 'List it under one folder of architecture.json.' }
}

/** A package that the running server needs must be installed with it. */
function onlyForDevelopment({ developmentDependencies }: Survey, { from, name, by }: PackageUse): Finding | undefined {
  if (!from.path.startsWith('src/') || from.isTest || by.typeOnly || !developmentDependencies.has(name))
    return undefined
  const found = `${name} is only a devDependency, but the server runs this file.`
  return { file: from.path, line: by.line, rule: 'package', found, remedy: 'Move it to dependencies in package.json.' }
}

const isWorkshop = ({ placeOf }: Survey, { from }: PackageUse): boolean =>
  from.isTest ||
  /^(tools|bench|examples)\//.test(from.path) ||
  /\.config\.ts$/.test(from.path) ||
  placeOf(from.path)?.folder.testsOnly === true

function checkLists(survey: Survey): Finding[] {
  const { house, dependencies, developmentDependencies } = survey
  const listed = allListed(house)
  const known = new Set([...dependencies, ...developmentDependencies])
  const finding = (file: string, found: string, remedy: string): Finding => ({
    file,
    line: 1,
    rule: 'package',
    found,
    remedy,
  })
  return [
    ...[...known]
      .filter((name) => !listed.has(name) && !name.startsWith('@types/'))
      .map((name) => finding('package.json', `${name} has no owner.`, 'List it in architecture.json, or remove it.')),
    ...[...listed]
      .filter((name) => !known.has(name))
      .map((name) =>
        finding('architecture.json', `${name} is not in package.json.`, 'Install it, or take it off the list.'),
      ),
    ...[...listed]
      .filter((name) => homesOf(house, name) > 1)
      .map((name) => finding('architecture.json', `${name} has more than one owner.`, 'Leave it with one folder.')),
  ]
}

const ownersOf = (house: House, name: string): string[] =>
  [...Object.entries(house.folders), ...Object.entries(house.files)]
    .filter(([, { packages }]) => packages.includes(name))
    .map(([owner]) => owner)

const homesOf = (house: House, name: string): number =>
  ownersOf(house, name).length +
  [house.everywhere, house.storeOnly, house.root].filter((list) => list.includes(name)).length

const allListed = (house: House): Set<string> =>
  new Set([
    ...[...Object.values(house.folders), ...Object.values(house.files)].flatMap(({ packages }) => packages),
    ...house.everywhere,
    ...house.storeOnly,
    ...house.development,
    ...house.root,
  ])
