/** The way to the prompts of an application. */
export const promptCrumbs = (name: string) => [
  { label: 'Applications', href: '/applications' },
  { label: name, href: `/applications/${name}` },
]
