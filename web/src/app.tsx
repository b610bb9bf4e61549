/** Which address shows which page. Pages are loaded when they are first opened. */
import { useQuery } from '@tanstack/react-query'
import { type ComponentType, lazy, Suspense } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { SignInPage } from './access/sign-in-page.tsx'
import { isSignedOut } from './data/failure.ts'
import { me } from './data/queries.ts'
import { ApplicationsPage } from './delivery/applications-page.tsx'
import { NotFoundPage } from './shell/not-found-page.tsx'
import { Shell } from './shell/shell.tsx'
import { Waiting } from './ui/states.tsx'

const page = <Name extends string, Props>(load: () => Promise<Record<Name, ComponentType<Props>>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }))

const ApplicationPage = page(() => import('./delivery/application-page.tsx'), 'ApplicationPage')
const BlueprintPage = page(() => import('./delivery/blueprint-page.tsx'), 'BlueprintPage')
const ReleasePage = page(() => import('./delivery/release-page.tsx'), 'ReleasePage')
const GatePage = page(() => import('./delivery/gate-page.tsx'), 'GatePage')
const RolloutsPage = page(() => import('./delivery/rollouts-page.tsx'), 'RolloutsPage')
const RolloutPage = page(() => import('./delivery/rollout-page.tsx'), 'RolloutPage')
const ExperimentPage = page(() => import('./evals/experiment-page.tsx'), 'ExperimentPage')
const EvidencePage = page(() => import('./evidence/evidence-page.tsx'), 'EvidencePage')
const TracesPage = page(() => import('./telemetry/traces-page.tsx'), 'TracesPage')
const TracePage = page(() => import('./telemetry/trace-page.tsx'), 'TracePage')
const PlaygroundPage = page(() => import('./playground/playground-page.tsx'), 'PlaygroundPage')
const SettingsPage = page(() => import('./access/settings-page.tsx'), 'SettingsPage')

export function App() {
  const who = useQuery(me)
  if (isSignedOut(who.error)) return <SignInPage />
  return (
    <Shell>
      <Suspense fallback={<Loading />}>
        <Switch>
          <Route path="/">
            <Redirect to="/applications" replace />
          </Route>
          <Route path="/applications">
            <ApplicationsPage />
          </Route>
          <Route path="/applications/:name">{({ name }) => <ApplicationPage key={name} name={name} />}</Route>
          <Route path="/applications/:name/blueprint">{({ name }) => <BlueprintPage key={name} name={name} />}</Route>
          <Route path="/releases/:id">{({ id }) => <ReleasePage key={id} id={id} />}</Route>
          <Route path="/releases/:id/gates/:stage">
            {({ id, stage }) => <GatePage key={`${id}${stage}`} id={id} stage={stage} />}
          </Route>
          <Route path="/rollouts">
            <RolloutsPage />
          </Route>
          <Route path="/rollouts/:id">{({ id }) => <RolloutPage key={id} id={id} />}</Route>
          <Route path="/experiments/:id">{({ id }) => <ExperimentPage key={id} id={id} />}</Route>
          <Route path="/evidence/:id">{({ id }) => <EvidencePage key={id} id={id} />}</Route>
          <Route path="/traces">
            <TracesPage />
          </Route>
          <Route path="/traces/:id">{({ id }) => <TracePage key={id} id={id} />}</Route>
          <Route path="/playground">
            <PlaygroundPage />
          </Route>
          <Route path="/settings">
            <SettingsPage />
          </Route>
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
    </Shell>
  )
}

const Loading = () => (
  <div className="mx-auto w-full max-w-[76rem] px-4 pt-16 md:px-8">
    <Waiting rows={10} />
  </div>
)
