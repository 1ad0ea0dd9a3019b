/** Pages of import. */
import type { RouteDefinition } from '@solidjs/router'

export const importRoutes: readonly RouteDefinition[] = []
