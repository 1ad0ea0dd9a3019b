/** Leads to the 冲突 inbox, to what was not accepted, and to what others gave to this leader, while something waits there. */
import FileX from 'lucide-solid/icons/file-x'
import GitMerge from 'lucide-solid/icons/git-merge'
import Inbox from 'lucide-solid/icons/inbox'
import { Show, type JSX } from 'solid-js'
import { t } from '../../i18n/i18n.ts'
import { paths } from '../../paths.ts'
import { useSession } from '../../session/use-session.ts'
import { List } from '../../ui/List.tsx'
import { Row } from '../../ui/Row.tsx'
import { countsOf } from '../refused/counts.ts'

export function InboxNotice(): JSX.Element {
  const session = useSession()
  const own = () => countsOf(session.refused())
  const handed = () => session.handedOver.waiting() ?? []
  const authors = () => [...new Set(handed().map(({ authorName }) => authorName))].join(t('refused.comma'))
  const all = () => session.inbox().length + handed().length + own().open + own().decided + own().left
  return (
    <Show when={all() > 0}>
      <List>
        <Show when={handed().length > 0}>
          <Row
            lead={<Inbox size="1.25rem" aria-hidden="true" />}
            title={t('handovers.notice', handed().length)}
            detail={t('handovers.noticeText', authors())}
            href={paths.handovers}
          />
        </Show>
        <Show when={own().open > 0}>
          <Row
            lead={<FileX size="1.25rem" aria-hidden="true" />}
            title={t('refused.notice', own().open)}
            detail={t('refused.noticeText')}
            href={paths.refused}
          />
        </Show>
        <Show when={own().decided > 0}>
          <Row
            lead={<FileX size="1.25rem" aria-hidden="true" />}
            title={t('refused.decidedNotice', own().decided)}
            detail={t('refused.decidedNoticeText')}
            href={paths.refused}
          />
        </Show>
        <Show when={own().left > 0}>
          <Row
            lead={<FileX size="1.25rem" aria-hidden="true" />}
            title={t('refused.leftNotice')}
            detail={t('refused.leftNoticeText')}
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
