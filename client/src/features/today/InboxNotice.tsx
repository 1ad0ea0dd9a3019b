/** Leads to the 冲突 inbox, and to what was not accepted, while something waits there. */
import FileX from 'lucide-solid/icons/file-x'
import GitMerge from 'lucide-solid/icons/git-merge'
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { List } from '../../ui/List.tsx'
import { Row } from '../../ui/Row.tsx'

export function InboxNotice(): JSX.Element {
  const session = useSession()
  return (
    <Show when={session.inbox().length + session.refused().length > 0}>
      <List>
        <Show when={session.refused().length > 0}>
          <Row
            lead={<FileX size="1.25rem" aria-hidden="true" />}
            title={t('refused.notice', session.refused().length)}
            detail={t('refused.noticeText')}
            href={paths.refused}
          />
        </Show>
        <Show when={session.inbox().length > 0}>
          <Row
            lead={<GitMerge size="1.25rem" aria-hidden="true" />}
            title={t('today.conflicts', session.inbox().length)}
            detail={t('today.conflictsText')}
            href={paths.conflicts}
          />
        </Show>
      </List>
    </Show>
  )
}
