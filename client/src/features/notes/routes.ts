/** Pages of notes 笔记; all of them are one chunk. */
import type { RouteDefinition } from '@solidjs/router'
import { lazy, type Component } from 'solid-js'

type Pages = typeof import('./pages.ts')

const page = <P extends keyof Pages>(name: P): Component =>
  lazy(async () => ({ default: (await import('./pages.ts'))[name] as Component }))

export const notesRoutes: readonly RouteDefinition[] = [
  { path: '/notes', component: page('NotesPage') },
  { path: '/notes/add/:type', component: page('AddNotePage') },
  { path: '/notes/edit/:id', component: page('EditNotePage') },
  { path: '/notes/:id', component: page('NotePage') },
]
