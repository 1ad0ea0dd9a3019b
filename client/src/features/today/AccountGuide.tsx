/** What an account without a ledger can do here, and what comes with other parts of the product. */
import { mayRead, type Role } from '@tongge/model'
import BarChart from 'lucide-solid/icons/chart-column'
import ClipboardList from 'lucide-solid/icons/clipboard-list'
import MegaphoneIcon from 'lucide-solid/icons/megaphone'
import MessagesSquare from 'lucide-solid/icons/messages-square'
import ScrollText from 'lucide-solid/icons/scroll-text'
import Settings from 'lucide-solid/icons/settings'
import UserRound from 'lucide-solid/icons/user-round'
import WifiOff from 'lucide-solid/icons/wifi-off'
import { For, Show, type JSX } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { List } from '../../ui/List.tsx'
import { Row } from '../../ui/Row.tsx'
import styles from './today.module.css'

const laterIcons = {
  meetings: MessagesSquare,
  board: MegaphoneIcon,
  statistics: BarChart,
  admin: Settings,
  audit: ScrollText,
} as const

/** Parts of the product that are not in this one, for the roles they are for. */
function laterFor(roles: readonly Role[]): readonly (keyof typeof laterIcons)[] {
  const is = (...some: readonly Role[]): boolean => some.some((role) => roles.includes(role))
  return [
    ...(mayRead(roles, 'meeting') ? (['meetings'] as const) : []),
    'board',
    ...(is('street', 'auditor', 'admin') ? (['statistics'] as const) : []),
    ...(is('admin') ? (['admin'] as const) : []),
    ...(is('admin', 'auditor') ? (['audit'] as const) : []),
  ]
}

export function AccountCan(): JSX.Element {
  const session = useSession()
  return (
    <List title={t('roles.can')}>
      <Show when={mayRead(session.roles, 'work')}>
        <Row
          lead={<ClipboardList size="1.25rem" aria-hidden="true" />}
          title={t('roles.canSee.tickets')}
          detail={t('roles.canSee.ticketsText')}
          href={paths.tickets}
        />
      </Show>
      <Row
        lead={<UserRound size="1.25rem" aria-hidden="true" />}
        title={t('roles.canSee.me')}
        detail={t('roles.canSee.meText')}
        href={paths.me}
      />
      <Row
        lead={<WifiOff size="1.25rem" aria-hidden="true" />}
        title={t('roles.canSee.offline')}
        detail={t('roles.canSee.offlineText')}
      />
      <p class={styles.footnote}>{t(mayRead(session.roles, 'work') ? 'roles.office' : 'roles.privacy')}</p>
    </List>
  )
}

export function AccountComes(): JSX.Element {
  const session = useSession()
  return (
    <List title={t('roles.comes')}>
      <For each={laterFor(session.roles)}>
        {(part) => (
          <Row
            lead={<Dynamic component={laterIcons[part]} size="1.25rem" aria-hidden="true" />}
            title={t(`roles.later.${part}`)}
            detail={t(`roles.later.${part}Text`)}
          />
        )}
      </For>
    </List>
  )
}
