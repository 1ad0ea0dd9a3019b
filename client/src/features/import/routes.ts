/** Pages of import. */
import type { RouteDefinition } from '@solidjs/router'
import { lazy } from 'solid-js'
import { paths } from '../../paths.ts'

export const importRoutes: readonly RouteDefinition[] = [
  { path: paths.import, component: lazy(async () => ({ default: (await import('./ImportPage.tsx')).ImportPage })) },
]
