/** Pages of tickets. */
import type { RouteDefinition } from '@solidjs/router'

export const ticketsRoutes: readonly RouteDefinition[] = []
