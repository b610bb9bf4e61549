/** What each page asks the server, as `web/src` has it: all that must have answered before the page is whole. */
import type { Client } from '../../sdk/index.ts'

export type Page = readonly [string, (of: Client) => readonly Promise<unknown>[]]

/** Pages over all applications. */
export const PAGES: readonly Page[] = [
  ['Applications (the path of each)', (of) => [of.listApplications({ query: { limit: 25 } }), of.listRollouts({})]],
  ['Applications, all at once', (of) => [of.listApplications({ query: { limit: 1000 } })]],
  ['Names, to choose from', (of) => [of.listApplicationNames()]],
  ['Compass', (of) => [of.getCompass({ query: { persona: 'builder' } })]],
  ['Compass, all at once', (of) => [of.getCompass({ query: { persona: 'executive', limit: 1000 } })]],
  ['Ideas (the portfolio)', (of) => [of.listIdeas({})]],
  ['Approvals', (of) => [of.listApprovals({ query: { limit: 200 } }), of.listActors({ query: { limit: 1000 } })]],
  ['Waivers', (of) => [of.listWaivers({ query: {} }), of.listApplicationNames()]],
  ['Findings', (of) => [of.listFindings({ query: { limit: 500 } })]],
  ['Oversight', (of) => [of.listHeldAnswers({ query: { limit: 200 } }), of.listOversight()]],
  ['Rollouts', (of) => [of.listRollouts({ query: {} })]],
  ['Evidence', (of) => [of.listEvidence({ query: { limit: 100 } }), of.getCatalogue(), of.listApplicationNames()]],
  ['Traces', (of) => [of.listTraces({ query: {} }), of.listApplicationNames()]],
  [
    'Usage of a month',
    (of) => [
      of.getUsageBy({ query: { by: 'application', latencies: 'false' } }),
      of.getUsageBy({ query: { by: 'model', latencies: 'false' } }),
      // Of the time that is shown, and of the month.
      of.getUsageBy({ query: { by: 'day', latencies: 'false' } }),
      of.getUsageBy({ query: { by: 'day', latencies: 'false' } }),
      of.getScopeLimits({ params: { scope: 'organisation', name: 'default' } }),
      of.listApplicationNames(),
    ],
  ],
  ['Models', (of) => [of.listModelCards({ query: { limit: 1000 } }), of.listModelApprovals({ query: { limit: 200 } })]],
  ['Gateway', (of) => [of.listGatewayReports(), of.listProviders(), of.listModelRoutes()]],
  ['Alerts', (of) => [of.listAlerts({ query: {} })]],
  ['Upkeep (the calendar)', (of) => [of.listUpkeep({ query: {} })]],
  ['Training and duties', (of) => [of.listTrainingModules(), of.getTrainingPolicy(), of.getTrainingCompletion()]],
  ['Incidents', (of) => [of.listIncidents({ query: {} })]],
  ['How we work', (of) => [of.listMaturity(), of.listRemarks()]],
  ['Datasets', (of) => [of.listAllDatasets({ query: {} })]],
  ['Annotation', (of) => [of.listAnnotationQueues({ query: {} }), of.listStudies({ query: {} })]],
  ['Playground', (of) => [of.listApplicationNames(), of.listModelCards({ query: { limit: 1000 } })]],
  ['Settings: limits and keys', (of) => [of.listLimits({ query: {} }), of.listKeys({ query: { limit: 1000 } })]],
]

/** Pages of one application, and of its release, where there are many others. */
export const pagesOf = (name: string, release: string): readonly Page[] => {
  const params = { name }
  const one = { params: { id: release as never } }
  return [
    [
      'An application',
      (of) => [
        of.getApplication({ params, query: { documents: 'true' } }),
        of.listReleases({ params, query: { limit: 100 } }),
        of.listExperiments({ query: { application: name } }),
        of.getLimits({ params }),
        of.listRollouts({ query: { application: name } }),
        of.getDebt({ params }),
        of.getFlow({ params }),
        of.listIntegrations({ params }),
        of.getIdeaLineage({ params }),
      ],
    ],
    ['Its view in the compass', (of) => [of.getOverview({ params, query: { persona: 'business' } })]],
    ['Its plan, charter, roadmap, risks, resources', (of) => [of.getPlan({ params, query: {} })]],
    ['Its advice', (of) => [of.getAdvice({ params })]],
    ['Its threats', (of) => [of.getThreatModel({ params })]],
    ['Its impact', (of) => [of.getImpact({ params })]],
    ['Its cost', (of) => [of.getCostForecast({ params, query: {} })]],
    ['Its law', (of) => [of.getLaw({ params })]],
    ['Its data', (of) => [of.getDataGovernance({ params })]],
    ['Its coverage of frameworks', (of) => [of.getControlCoverage({ params })]],
    ['Its people', (of) => [of.getApplicationTraining({ params })]],
    ['Its upkeep', (of) => [of.listUpkeep({ query: { application: name } }), of.listReviews({ params })]],
    ['Its alerts', (of) => [of.listAlerts({ query: { application: name } })]],
    ['A release', (of) => [of.getRelease(one), of.getReleaseChanges(one), of.listEvidence({ query: { release } })]],
    ['Its gate into the pilot', (of) => [of.getGate({ params: { id: release as never, stage: 'pilot' } })]],
    ['What is next at that gate', (of) => [of.getNextSteps({ params: { id: release as never, stage: 'pilot' } })]],
    ['Its readiness', (of) => [of.getReleaseReadiness(one)]],
  ]
}
