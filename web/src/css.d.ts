/** Style sheets are imported for their effect; the bundler takes them out. */
declare module '*.css'
declare module '@fontsource-variable/geist'
declare module '@fontsource-variable/geist-mono'
