/** The places the person's roles open: a bar under the thumb on a phone, a rail on a wide screen (with 笔记 and 导入 besides). */
import { A, useLocation } from '@solidjs/router'
import BookText from 'lucide-solid/icons/book-text'
import CalendarCheck from 'lucide-solid/icons/calendar-check'
import ClipboardList from 'lucide-solid/icons/clipboard-list'
import FileInput from 'lucide-solid/icons/file-input'
import MessagesSquare from 'lucide-solid/icons/messages-square'
import NotebookPen from 'lucide-solid/icons/notebook-pen'
import UserRound from 'lucide-solid/icons/user-round'
import { mayRead } from '@tongge/model'
import { For, type JSX } from 'solid-js'
import { t, type TextKey } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session/use-session.ts'
import { Mark } from '../ui/Mark.tsx'
import styles from './Navigation.module.css'
import { mayOpen } from './places.ts'

const places = [
  { path: paths.today, text: 'app.today', icon: CalendarCheck, wideOnly: false },
  { path: paths.ledger, text: 'app.ledger', icon: BookText, wideOnly: false },
  { path: paths.tickets, text: 'app.tickets', icon: ClipboardList, wideOnly: false },
  { path: paths.notes, text: 'notes.title', icon: NotebookPen, wideOnly: false },
  { path: paths.meetings, text: 'app.meetings', icon: MessagesSquare, wideOnly: false },
  { path: paths.me, text: 'app.me', icon: UserRound, wideOnly: false },
  { path: paths.import, text: 'app.import', icon: FileInput, wideOnly: true },
] as const satisfies readonly { path: string; text: TextKey; icon: unknown; wideOnly: boolean }[]

/** Pages that belong to 我的 although their address does not begin with it. */
const ofMe: ReadonlySet<string> = new Set([
  paths.sync,
  paths.conflicts,
  paths.refused,
  paths.trash,
  paths.storage,
  paths.install,
])

export function Navigation(): JSX.Element {
  const session = useSession()
  const location = useLocation()
  const open = () => places.filter(({ path }) => mayOpen(session.roles, path))
  /** Who has the ledger finds notes on a phone under 今日: the bar holds five. */
  const isWideOnly = (place: (typeof places)[number]) =>
    place.wideOnly || (place.path === paths.notes && mayRead(session.roles, 'ledger'))
  const isHere = (path: string) => {
    if (path === paths.today) return location.pathname === path
    if (path === paths.me && ofMe.has(location.pathname)) return true
    return location.pathname === path || location.pathname.startsWith(`${path}/`)
  }
  return (
    <nav class={styles.nav} aria-label={t('app.places')}>
      <span class={styles.mark}>
        <Mark size="2.25rem" />
      </span>
      <For each={open()}>
        {(place) => (
          <A
            href={place.path}
            class={`${styles.place} ${isWideOnly(place) ? styles.wideOnly : ''}`}
            aria-current={isHere(place.path) ? 'page' : undefined}
          >
            <span class={styles.icon}>
              <place.icon size="1.375rem" aria-hidden="true" />
            </span>
            <span>{t(place.text)}</span>
          </A>
        )}
      </For>
    </nav>
  )
}
