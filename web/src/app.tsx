/** Which address shows which page. */
import { useQuery } from '@tanstack/react-query'
import { Suspense, useDeferredValue } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { InvitationPage } from './access/invitation-page.tsx'
import { SignInPage } from './access/sign-in-page.tsx'
import { isSignedOut } from './data/failure.ts'
import { me } from './data/queries.ts'
import { ApplicationsPage } from './delivery/applications-page.tsx'
import { isGated } from './delivery/stages.ts'
import { Boundary } from './shell/boundary.tsx'
import { lazyPage } from './shell/lazy-page.ts'
import { Loading } from './shell/loading.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { Shell } from './shell/shell.tsx'

const ApplicationPage = lazyPage(() => import('./delivery/application-page.tsx'), 'ApplicationPage')
const BringPage = lazyPage(() => import('./delivery/bring-page.tsx'), 'BringPage')
const BlueprintPage = lazyPage(() => import('./delivery/blueprint-page.tsx'), 'BlueprintPage')
const PromptsPage = lazyPage(() => import('./prompts/prompts-page.tsx'), 'PromptsPage')
const TuningPage = lazyPage(() => import('./prompts/tuning-page.tsx'), 'TuningPage')
const PromptPage = lazyPage(() => import('./prompts/prompt-page.tsx'), 'PromptPage')
const HarmPage = lazyPage(() => import('./delivery/harm-page.tsx'), 'HarmPage')
const ReleasePage = lazyPage(() => import('./delivery/release-page.tsx'), 'ReleasePage')
const GatePage = lazyPage(() => import('./delivery/gate-page.tsx'), 'GatePage')
const ProfilePage = lazyPage(() => import('./delivery/profile-page.tsx'), 'ProfilePage')
const DocumentsPage = lazyPage(() => import('./knowledge/documents-page.tsx'), 'DocumentsPage')
const ReadinessPage = lazyPage(() => import('./delivery/readiness-page.tsx'), 'ReadinessPage')
const WaiversPage = lazyPage(() => import('./delivery/waivers-page.tsx'), 'WaiversPage')
const EvidenceExplorerPage = lazyPage(() => import('./evidence/explorer-page.tsx'), 'EvidenceExplorerPage')
const DossierPage = lazyPage(() => import('./delivery/dossier-page.tsx'), 'DossierPage')
const ApprovalsPage = lazyPage(() => import('./delivery/approvals-page.tsx'), 'ApprovalsPage')
const ApprovalPage = lazyPage(() => import('./delivery/approval-page.tsx'), 'ApprovalPage')
const FindingsPage = lazyPage(() => import('./delivery/findings-page.tsx'), 'FindingsPage')
const OversightPage = lazyPage(() => import('./oversight/oversight-page.tsx'), 'OversightPage')
const RolloutsPage = lazyPage(() => import('./delivery/rollouts-page.tsx'), 'RolloutsPage')
const RolloutPage = lazyPage(() => import('./delivery/rollout-page.tsx'), 'RolloutPage')
const ForecastPage = lazyPage(() => import('./delivery/forecast-page.tsx'), 'ForecastPage')
const ExplanationPage = lazyPage(() => import('./delivery/explanation-page.tsx'), 'ExplanationPage')
const DatasetsPage = lazyPage(() => import('./datasets/datasets-page.tsx'), 'DatasetsPage')
const DatasetPage = lazyPage(() => import('./datasets/dataset-page.tsx'), 'DatasetPage')
const ExperimentPage = lazyPage(() => import('./evals/experiment-page.tsx'), 'ExperimentPage')
const AnnotationPage = lazyPage(() => import('./annotation/annotation-page.tsx'), 'AnnotationPage')
const QueuePage = lazyPage(() => import('./annotation/queue-page.tsx'), 'QueuePage')
const LabelPage = lazyPage(() => import('./annotation/label-page.tsx'), 'LabelPage')
const DecidePage = lazyPage(() => import('./annotation/decide-page.tsx'), 'DecidePage')
const OutsideRunPage = lazyPage(() => import('./outside/outside-run-page.tsx'), 'OutsideRunPage')
const StudyPage = lazyPage(() => import('./studies/study-page.tsx'), 'StudyPage')
const JudgesPage = lazyPage(() => import('./judges/judges-page.tsx'), 'JudgesPage')
const JudgePage = lazyPage(() => import('./judges/judge-page.tsx'), 'JudgePage')
const CompareArmsPage = lazyPage(() => import('./compare/compare-page.tsx'), 'ComparePage')
const SuitesPage = lazyPage(() => import('./suites/suites-page.tsx'), 'SuitesPage')
const EvidencePage = lazyPage(() => import('./evidence/evidence-page.tsx'), 'EvidencePage')
const TracesPage = lazyPage(() => import('./telemetry/traces-page.tsx'), 'TracesPage')
const TracePage = lazyPage(() => import('./telemetry/trace-page.tsx'), 'TracePage')
const UsagePage = lazyPage(() => import('./telemetry/usage-page.tsx'), 'UsagePage')
const ModelsPage = lazyPage(() => import('./models/models-page.tsx'), 'ModelsPage')
const CardPage = lazyPage(() => import('./models/card-page.tsx'), 'CardPage')
const GatewayPage = lazyPage(() => import('./gateway/gateway-page.tsx'), 'GatewayPage')
const ProvidersPage = lazyPage(() => import('./gateway/providers-page.tsx'), 'ProvidersPage')
const FindPage = lazyPage(() => import('./models/find-page.tsx'), 'FindPage')
const ShortlistPage = lazyPage(() => import('./models/shortlist-page.tsx'), 'ShortlistPage')
const ComparePage = lazyPage(() => import('./models/compare-page.tsx'), 'ComparePage')
const PlaygroundPage = lazyPage(() => import('./playground/playground-page.tsx'), 'PlaygroundPage')
const AdvicePage = lazyPage(() => import('./governance/advice-page.tsx'), 'AdvicePage')
const PlanPage = lazyPage(() => import('./governance/plan-page.tsx'), 'PlanPage')
const CharterPage = lazyPage(() => import('./governance/charter-page.tsx'), 'CharterPage')
const RoadmapPage = lazyPage(() => import('./governance/roadmap-page.tsx'), 'RoadmapPage')
const RisksPage = lazyPage(() => import('./governance/risks-page.tsx'), 'RisksPage')
const PhasesPage = lazyPage(() => import('./governance/phases-page.tsx'), 'PhasesPage')
const PortfolioPage = lazyPage(() => import('./delivery/portfolio-page.tsx'), 'PortfolioPage')
const FromUsersPage = lazyPage(() => import('./governance/from-users-page.tsx'), 'FromUsersPage')
const ResourcesPage = lazyPage(() => import('./governance/resources-page.tsx'), 'ResourcesPage')
const AlertLinesPage = lazyPage(() => import('./governance/alert-lines-page.tsx'), 'AlertLinesPage')
const AlertsPage = lazyPage(() => import('./governance/alerts-page.tsx'), 'AlertsPage')
const CompassPage = lazyPage(() => import('./governance/compass-page.tsx'), 'CompassPage')
const MaturityPage = lazyPage(() => import('./governance/maturity-page.tsx'), 'MaturityPage')
const ThreatsPage = lazyPage(() => import('./governance/threats-page.tsx'), 'ThreatsPage')
const ImpactPage = lazyPage(() => import('./governance/impact-page.tsx'), 'ImpactPage')
const CostPage = lazyPage(() => import('./governance/cost-page.tsx'), 'CostPage')
const LawPage = lazyPage(() => import('./law/law-page.tsx'), 'LawPage')
const DataPage = lazyPage(() => import('./law/data-page.tsx'), 'DataPage')
const CoveragePage = lazyPage(() => import('./law/coverage-page.tsx'), 'CoveragePage')
const ReleaseCardPage = lazyPage(() => import('./law/release-card-page.tsx'), 'ReleaseCardPage')
const IdeasPage = lazyPage(() => import('./governance/ideas-page.tsx'), 'IdeasPage')
const GuidePage = lazyPage(() => import('./governance/guide-page.tsx'), 'GuidePage')
const PeoplePage = lazyPage(() => import('./people/people-page.tsx'), 'PeoplePage')
const TrainingPage = lazyPage(() => import('./people/training-page.tsx'), 'TrainingPage')
const ModulePage = lazyPage(() => import('./people/module-page.tsx'), 'ModulePage')
const IncidentsPage = lazyPage(() => import('./incidents/incidents-page.tsx'), 'IncidentsPage')
const IncidentPage = lazyPage(() => import('./incidents/incident-page.tsx'), 'IncidentPage')
const PilotPage = lazyPage(() => import('./trials/pilot-page.tsx'), 'PilotPage')
const TrialPage = lazyPage(() => import('./trials/trial-page.tsx'), 'TrialPage')
const FeedbackPage = lazyPage(() => import('./trials/feedback-page.tsx'), 'FeedbackPage')
const TryPage = lazyPage(() => import('./test-pages/try-page.tsx'), 'TryPage')
const TestPagesPage = lazyPage(() => import('./test-pages/test-pages-page.tsx'), 'TestPagesPage')
const ChangePage = lazyPage(() => import('./people/change-page.tsx'), 'ChangePage')
const UpkeepPage = lazyPage(() => import('./upkeep/upkeep-page.tsx'), 'UpkeepPage')
const AllUpkeepPage = lazyPage(() => import('./upkeep/all-upkeep-page.tsx'), 'AllUpkeepPage')
const SettingsPage = lazyPage(() => import('./settings/settings-page.tsx'), 'SettingsPage')

export function App() {
  const [place] = useLocation()
  // The page before stays until the code of the next one is here: React holds back for 300 ms what follows a frame.
  const shown = useDeferredValue(place)
  const who = useQuery({ ...me, enabled: place !== '/feedback' && place !== '/try' })
  if (place === '/invitation') return <InvitationPage />
  if (place === '/feedback' || place === '/try')
    return <Suspense fallback={<Loading />}>{place === '/try' ? <TryPage /> : <FeedbackPage />}</Suspense>
  if (isSignedOut(who.error)) return <SignInPage />
  return (
    <Shell>
      <Boundary place={shown}>
        <Suspense fallback={<Loading />}>
          <Switch location={shown}>
            <Route path="/">
              <Redirect to="/applications" replace />
            </Route>
            <Route path="/applications">
              <ApplicationsPage />
            </Route>
            <Route path="/bring-your-own">
              <BringPage />
            </Route>
            <Route path="/applications/:name">{({ name }) => <ApplicationPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/blueprint">{({ name }) => <BlueprintPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/prompts">{({ name }) => <PromptsPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/prompts/:prompt">
              {({ name, prompt }) => <PromptPage key={`${name}/${prompt}`} name={name} prompt={prompt} />}
            </Route>
            <Route path="/applications/:name/tunings/:id">
              {({ name, id }) => <TuningPage key={id} name={name} id={id} />}
            </Route>
            <Route path="/applications/:name/profile">{({ name }) => <ProfilePage key={name} name={name} />}</Route>
            <Route path="/applications/:name/advice">{({ name }) => <AdvicePage key={name} name={name} />}</Route>
            <Route path="/applications/:name/plan">{({ name }) => <PlanPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/charter">{({ name }) => <CharterPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/roadmap">{({ name }) => <RoadmapPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/risks">{({ name }) => <RisksPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/resources">{({ name }) => <ResourcesPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/from-users">
              {({ name }) => <FromUsersPage key={name} name={name} />}
            </Route>
            <Route path="/applications/:name/alert-lines">
              {({ name }) => <AlertLinesPage key={name} name={name} />}
            </Route>
            <Route path="/phases">
              <PhasesPage />
            </Route>
            <Route path="/portfolio">
              <PortfolioPage />
            </Route>
            <Route path="/applications/:name/compare">{({ name }) => <CompareArmsPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/suites">{({ name }) => <SuitesPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/judges">{({ name }) => <JudgesPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/judges/:digest">
              {({ name, digest }) => <JudgePage key={digest} name={name} digest={decodeURIComponent(digest)} />}
            </Route>
            <Route path="/alerts">
              <AlertsPage />
            </Route>
            <Route path="/how-we-work">
              <MaturityPage />
            </Route>
            <Route path="/compass">
              <CompassPage />
            </Route>
            <Route path="/applications/:name/threats">{({ name }) => <ThreatsPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/impact">{({ name }) => <ImpactPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/cost">{({ name }) => <CostPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/law">{({ name }) => <LawPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/data">{({ name }) => <DataPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/coverage">{({ name }) => <CoveragePage key={name} name={name} />}</Route>
            <Route path="/applications/:name/people">{({ name }) => <PeoplePage key={name} name={name} />}</Route>
            <Route path="/applications/:name/pilot">{({ name }) => <PilotPage key={name} name={name} />}</Route>
            <Route path="/applications/:name/test-pages">
              {({ name }) => <TestPagesPage key={name} name={name} />}
            </Route>
            <Route path="/applications/:name/change">{({ name }) => <ChangePage key={name} name={name} />}</Route>
            <Route path="/applications/:name/upkeep">{({ name }) => <UpkeepPage key={name} name={name} />}</Route>
            <Route path="/upkeep">
              <AllUpkeepPage />
            </Route>
            <Route path="/trials/:id">{({ id }) => <TrialPage key={id} id={id} />}</Route>
            <Route path="/incidents">
              <IncidentsPage />
            </Route>
            <Route path="/incidents/:id">{({ id }) => <IncidentPage key={id} id={id} />}</Route>
            <Route path="/training">
              <TrainingPage />
            </Route>
            <Route path="/training/:id">{({ id }) => <ModulePage key={id} id={id} />}</Route>
            <Route path="/ideas">
              <IdeasPage />
            </Route>
            <Route path="/ideas/:id">{({ id }) => <GuidePage key={id} id={id} />}</Route>
            <Route path="/releases/:id/harm">{({ id }) => <HarmPage key={id} id={id} />}</Route>
            <Route path="/releases/:id">{({ id }) => <ReleasePage key={id} id={id} />}</Route>
            <Route path="/releases/:id/gates/:stage">
              {({ id, stage }) => <GatePage key={`${id}${stage}`} id={id} stage={stage} />}
            </Route>
            <Route path="/releases/:id/documents">{({ id }) => <DocumentsPage key={id} id={id} />}</Route>
            <Route path="/releases/:id/readiness">{({ id }) => <ReadinessPage key={id} id={id} />}</Route>
            <Route path="/releases/:id/dossier">{({ id }) => <DossierPage key={id} id={id} />}</Route>
            <Route path="/releases/:id/cards/:card">
              {({ id, card }) => <ReleaseCardPage key={`${id}/${card}`} id={id} kind={card} />}
            </Route>
            <Route path="/approvals">
              <ApprovalsPage />
            </Route>
            <Route path="/approvals/:id">{({ id }) => <ApprovalPage key={id} id={id} />}</Route>
            <Route path="/waivers">
              <WaiversPage />
            </Route>
            <Route path="/findings">
              <FindingsPage />
            </Route>
            <Route path="/oversight">
              <OversightPage />
            </Route>
            <Route path="/rollouts">
              <RolloutsPage />
            </Route>
            <Route path="/rollouts/:id">{({ id }) => <RolloutPage key={id} id={id} />}</Route>
            <Route path="/applications/:name/rollout-plan/:stage">
              {({ name, stage }) =>
                isGated(stage) && <ForecastPage key={`${name}/${stage}`} name={name} stage={stage} />
              }
            </Route>
            <Route path="/explanations/:id">{({ id }) => <ExplanationPage key={id} id={id} />}</Route>
            <Route path="/datasets">
              <DatasetsPage />
            </Route>
            <Route path="/datasets/:name">{({ name }) => <DatasetPage key={name} name={name} />}</Route>
            <Route path="/experiments/:id">{({ id }) => <ExperimentPage key={id} id={id} />}</Route>
            <Route path="/annotation">
              <AnnotationPage />
            </Route>
            <Route path="/annotation/:id">{({ id }) => <QueuePage key={id} id={id} />}</Route>
            <Route path="/annotation/:id/label">{({ id }) => <LabelPage key={id} id={id} />}</Route>
            <Route path="/annotation/:id/decide">{({ id }) => <DecidePage key={id} id={id} />}</Route>
            <Route path="/outside-runs/:id">{({ id }) => <OutsideRunPage key={id} id={id} />}</Route>
            <Route path="/studies/:id">{({ id }) => <StudyPage key={id} id={id} />}</Route>
            <Route path="/evidence">
              <EvidenceExplorerPage />
            </Route>
            <Route path="/evidence/:id">{({ id }) => <EvidencePage key={id} id={id} />}</Route>
            <Route path="/traces">
              <TracesPage />
            </Route>
            <Route path="/traces/:id">{({ id }) => <TracePage key={id} id={id} />}</Route>
            <Route path="/usage">
              <UsagePage />
            </Route>
            <Route path="/models">
              <ModelsPage />
            </Route>
            <Route path="/models/*">
              {({ '*': model = '' }) => <CardPage key={model} model={decodeURIComponent(model)} />}
            </Route>
            <Route path="/gateway">
              <GatewayPage />
            </Route>
            <Route path="/gateway/providers">
              <ProvidersPage />
            </Route>
            <Route path="/find-model">
              <FindPage />
            </Route>
            <Route path="/shortlists/:id">{({ id }) => <ShortlistPage key={id} id={id} />}</Route>
            <Route path="/compare-models">
              <ComparePage />
            </Route>
            <Route path="/playground">
              <PlaygroundPage />
            </Route>
            <Route path="/settings">
              <SettingsPage />
            </Route>
            <Route path="/settings/:part">{({ part }) => <SettingsPage key={part} part={part} />}</Route>
            <Route>
              <NotFoundPage />
            </Route>
          </Switch>
        </Suspense>
      </Boundary>
    </Shell>
  )
}
