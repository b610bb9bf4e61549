/** What somebody does first, by who they are and by what it is for. The checks are the same for everybody. Pure. */
import { z } from 'zod'
import type { Persona } from '../../core/next-steps.ts'

/** What an application is for; each has a template of its own. */
export const Workload = z.enum(['customer-service', 'marketing', 'product', 'operations', 'existing'])
export type Workload = z.infer<typeof Workload>

export type FirstTask = { readonly task: string; readonly why: string; readonly href: string }

/** Builders and owners begin with what it is for; the others look at what is there, whatever it is for. */
export const firstTask = (persona: Persona, workload: Workload | undefined): FirstTask =>
  (workload && BY_WORKLOAD[workload][persona === 'builder' || persona === 'business' ? persona : 'others']) ??
  BY_PERSONA[persona]

/** What is opened first by each kind of visitor, before any application is. */
const BY_PERSONA: Readonly<Record<Persona, FirstTask>> = {
  business: {
    task: 'Write an idea down and answer the guided plan.',
    why: 'Every later step asks what it is for, and how you would know that it works.',
    href: '/ideas',
  },
  builder: {
    task: 'Begin from a template and freeze a first release.',
    why: 'It runs in a minute on embedded models, so that you see the whole path before you choose any.',
    href: '/applications',
  },
  security: {
    task: 'Read the threat model of the newest application.',
    why: 'It is drawn from what was really built, and names what nothing holds off yet.',
    href: '/applications',
  },
  operations: {
    task: 'See what is live, and try the way back.',
    why: 'The first incident is a bad day to learn where the switch is.',
    href: '/rollouts',
  },
  executive: {
    task: 'See what each application costs, returns, and waits for.',
    why: 'Those with a decision of yours on top come first.',
    href: '/compass',
  },
  auditor: {
    task: 'Open the findings and the dossier of a release.',
    why: 'Everything that was claimed is there with who said so, and can be verified without us.',
    href: '/findings',
  },
}

type Beginnings = { readonly builder: FirstTask; readonly business: FirstTask; readonly others?: undefined }

const begin = (template: string, what: string): FirstTask => ({
  task: `Begin from the template ${template} and freeze a first release.`,
  why: `It has ${what}, and runs in a minute on embedded models.`,
  href: '/applications',
})
const measure = (what: string, why: string): FirstTask => ({
  task: `Write an idea down, and measure ${what} today.`,
  why,
  href: '/ideas',
})

const BY_WORKLOAD: Readonly<Record<Workload, Beginnings>> = {
  'customer-service': {
    builder: begin('support-assistant', 'questions with answers, and pages to answer from'),
    business: measure('how long a case takes', 'Without the time of today nobody can say what it saved.'),
  },
  marketing: {
    builder: begin('marketing-writer', 'sheets of products, and claims to refuse'),
    business: measure('how long a text takes', 'A faster draft helps only when the last draft is done sooner too.'),
  },
  product: {
    builder: begin('product-ideas', 'what users said and what tests found, with questions to it'),
    business: measure(
      'how long it takes to find what users said',
      'An idea that was heard before need not be asked again.',
    ),
  },
  operations: {
    builder: begin('operations-automator', 'procedures, and cases that each have a next step'),
    business: measure('how many cases go wrong', 'What acts by itself has to err less than you do now.'),
  },
  existing: {
    builder: {
      task: 'Bring in what you have: its address, its prompts and its cases.',
      why: 'You see at once where on the path that puts it, and what the first gate still asks for.',
      href: '/bring-your-own',
    },
    business: {
      task: 'Say who answers for it, and by which number it succeeds.',
      why: 'It runs already, so its number can be measured from now on.',
      href: '/applications',
    },
  },
}
