/** The address of one page of each kind, found through the API with the page's own session. */
import type { Page } from 'playwright-core'

type Item = Record<string, string> & { comparison?: unknown[] }
const PARTS = ['people', 'keys', 'caps', 'routes', 'switches', 'webhooks', 'mail', 'policies', 'privacy', 'audit']

const PEOPLE = ['people', 'pilot', 'test-pages', 'change', 'upkeep']
const PLAN = [
  'plan',
  'charter',
  'advice',
  'roadmap',
  'risks',
  'impact',
  'threats',
  'resources',
  'cost',
  'law',
  'data',
  'coverage',
  'from-users',
  'alert-lines',
]

export type Place = readonly [name: string, path: string]

export async function placesOf(page: Page, base: string): Promise<Place[]> {
  const get = async (path: string): Promise<Item[]> =>
    (await (await page.request.get(`${base}/api/v1/${path}`)).json()).items ?? []
  const [
    rollouts,
    applications,
    experiments,
    [evidence],
    traces,
    [shortlist],
    [dataset],
    [approval],
    [idea],
    [queue],
    studies,
  ] = await Promise.all([
    get('rollouts'),
    get('applications'),
    get('experiments'),
    get('evidence?check=eval.smoke'),
    get('traces'),
    get('model-shortlists'),
    get('datasets'),
    get('approvals'),
    get('ideas'),
    get('annotation-queues'),
    get('studies'),
  ])
  const application = (applications.find(({ name }) => name === rollouts[0]?.application) ?? applications[0])?.name
  const releases = application ? await get(`applications/${application}/releases`) : []
  const [incident] = await get('incidents')
  const [{ trial } = { trial: undefined }] = application
    ? await trialsOf(page, `${base}/api/v1/applications/${application}/trials`)
    : []
  const experiment = experiments.find((one) => one.comparison?.length) ?? experiments[0]
  const rows = experiment ? await get(`experiments/${experiment.id}/rows?limit=1`) : []
  const study = studies.find(({ closedAt }) => closedAt)
  const choosing = studies.find(({ closedAt }) => !closedAt)
  const when = (found: unknown, ...places: Place[]): Place[] => (found ? places : [])
  return [
    ['compass', '/compass'],
    ['alerts', '/alerts'],
    ['applications', '/applications'],
    ['bring-your-own', '/bring-your-own'],
    ...when(
      application,
      ['application', `/applications/${application}`],
      ['blueprint', `/applications/${application}/blueprint`],
      ['profile', `/applications/${application}/profile`],
      ['profile-preview', `/applications/${application}/profile?users=EU&autonomy=acts-alone`],
      ['forecast', `/applications/${application}/rollout-plan/poc`],
      ['suites', `/applications/${application}/suites`],
      ['judges', `/applications/${application}/judges`],
      ['compare', `/applications/${application}/compare`],
      ['prompts', `/applications/${application}/prompts`],
      ['prompt', `/applications/${application}/prompts/answer`],
      ...PLAN.map((part): Place => [`plan-${part}`, `/applications/${application}/${part}`]),
      ...PEOPLE.map((part): Place => [`people-${part}`, `/applications/${application}/${part}`]),
    ),
    ...releases.flatMap(({ id, number }): Place[] => [
      [`release${number}`, `/releases/${id}`],
      [`gate${number}`, `/releases/${id}/gates/poc`],
      [`gate${number}-pilot`, `/releases/${id}/gates/pilot`],
    ]),
    ...when(
      releases[0],
      ['dossier', `/releases/${releases[0]?.id}/dossier`],
      ['card', `/releases/${releases[0]?.id}/cards/system`],
      ['annex-iv', `/releases/${releases[0]?.id}/cards/annex-iv`],
      ['readiness', `/releases/${releases[0]?.id}/readiness`],
    ),
    ['approvals', '/approvals'],
    ...when(approval, ['approval', `/approvals/${approval?.id}`]),
    ['waivers', '/waivers'],
    ['findings', '/findings'],
    ['oversight', '/oversight'],
    ['incidents', '/incidents'],
    ...when(incident, ['incident', `/incidents/${incident?.id}`]),
    ...when(trial, ['trial', `/trials/${trial?.id}`]),
    ['training', '/training'],
    ['training-module', '/training/use-answers-well'],
    ['upkeep', '/upkeep'],
    ['how-we-work', '/how-we-work'],
    ['ideas', '/ideas'],
    ...when(idea, ['guide', `/ideas/${idea?.id}`], ['guide-risks', `/ideas/${idea?.id}?step=risks`]),
    ['rollouts', '/rollouts'],
    ...rollouts.map(({ id }, index): Place => [`rollout${index + 1}`, `/rollouts/${id}`]),
    ...when(
      experiment,
      ['experiment', `/experiments/${experiment?.id}`],
      ['case', `/experiments/${experiment?.id}?case=${encodeURIComponent(rows[0]?.example ?? '')}`],
    ),
    ['annotation', '/annotation'],
    ...when(
      queue,
      ['queue', `/annotation/${queue?.id}`],
      ['label', `/annotation/${queue?.id}/label`],
      ['decide', `/annotation/${queue?.id}/decide`],
    ),
    ...when(study, ['study', `/studies/${study?.id}`]),
    ...when(
      choosing,
      ['study-open', `/studies/${choosing?.id}`],
      ['study-choose', `/annotation/${choosing?.queue}/label`],
    ),
    ['evidence-explorer', '/evidence'],
    ...when(evidence, ['evidence', `/evidence/${evidence?.id}`]),
    ...when(releases[0], ['evidence-held-against', `/evidence?application=${application}&against=${releases[0]?.id}`]),
    ['datasets', '/datasets'],
    ...when(dataset, ['dataset', `/datasets/${dataset?.name}`]),
    ['traces', '/traces'],
    ...when(
      traces[0],
      ['trace', `/traces/${traces[0]?.traceId}`],
      ['explanation', `/explanations/${traces[0]?.traceId}`],
    ),
    ['usage', '/usage'],
    ['usage-by-model', '/usage?by=model&period=7'],
    ['gateway', '/gateway'],
    ['providers', '/gateway/providers'],
    ['models', '/models'],
    ['model-card', '/models/openai/gpt-4o'],
    ['find-model', '/find-model'],
    ['compare-models', application ? `/compare-models?application=${application}` : '/compare-models'],
    ...when(shortlist, ['shortlist', `/shortlists/${shortlist?.id}`]),
    ['playground', '/playground'],
    ['settings', '/settings'],
    ...PARTS.map((part): Place => [`settings-${part}`, `/settings/${part}`]),
    ['nowhere', '/nowhere'],
  ]
}

async function trialsOf(page: Page, address: string): Promise<{ trial: { id: string } }[]> {
  return (await (await page.request.get(address)).json()).items ?? []
}
