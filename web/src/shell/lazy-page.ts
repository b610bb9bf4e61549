/**
 * Pages are loaded when they are first opened. One that is gone because the pages were built anew since this tab
 * was opened is fetched by loading the tab again, once.
 */
import { type ComponentType, lazy } from 'react'

const MARK = 'airworthy.loaded-again'

export const lazyPage = <Name extends string, Props>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) =>
  lazy(async () => {
    try {
      const loaded = await load()
      sessionStorage.removeItem(MARK)
      return { default: loaded[name] }
    } catch (failure) {
      if (sessionStorage.getItem(MARK)) throw failure
      sessionStorage.setItem(MARK, name)
      window.location.reload()
      return await new Promise<never>(() => {})
    }
  })
