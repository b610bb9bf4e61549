/** Starts the pages. */
import '@fontsource-variable/geist/wght.css'
import '@fontsource-variable/geist-mono/wght.css'
import './styles/index.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './data/query.ts'
import { startTheme } from './shell/theme.ts'
import { startWords } from './words/languages.ts'

startTheme()
const root = document.getElementById('root')
if (root)
  // What the pages keep from their start is said in the language of whoever looks.
  void startWords()
    .then(() => import('./app.tsx'))
    .then(({ App }) =>
      createRoot(root).render(
        <StrictMode>
          <QueryClientProvider client={queryClient}>
            <App />
          </QueryClientProvider>
        </StrictMode>,
      ),
    )
