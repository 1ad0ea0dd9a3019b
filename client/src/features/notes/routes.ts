/** Pages of notes. */
import type { RouteDefinition } from '@solidjs/router'

export const notesRoutes: readonly RouteDefinition[] = []
