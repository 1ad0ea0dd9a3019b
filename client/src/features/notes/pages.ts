/** What the chunk of notes consists of. */
export { AddNotePage } from './AddNotePage.tsx'
export { EditNotePage } from './EditNotePage.tsx'
export { NotePage } from './NotePage.tsx'
export { NotesPage } from './NotesPage.tsx'
