/** What stands in the place of a page that broke while it was drawn; the way around stays usable. */
import { Component, type ReactNode } from 'react'
import { Trouble } from '../ui/states.tsx'
import { say } from '../words/say.ts'

type State = { failure: unknown }

/** A class, because React tells only classes about errors below them. Another address (`place`) is another try. */
export class Boundary extends Component<{ place: string; children: ReactNode }, State> {
  override state: State = { failure: undefined }
  static getDerivedStateFromError = (failure: unknown): State => ({ failure })
  override componentDidUpdate(before: { place: string }) {
    if (before.place !== this.props.place && this.state.failure !== undefined) this.setState({ failure: undefined })
  }
  override render() {
    if (this.state.failure === undefined) return this.props.children
    return (
      <div className="mx-auto w-full max-w-[76rem] px-4 pt-6 md:px-8">
        <h1 className="mb-3 text-title">{say('boundary.this-page-broke')}</h1>
        <p className="prose-width">{say('boundary.nothing-was-lost-what-is-on-the')}</p>
        <Trouble failure={this.state.failure} again={() => window.location.reload()} />
      </div>
    )
  }
}
