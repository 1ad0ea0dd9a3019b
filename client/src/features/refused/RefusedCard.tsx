/** One edit that was not taken: why, on which record, before and after. */
import type { JSX } from 'solid-js'
import { momentText } from '../../i18n/format.ts'
import { t } from '../../i18n/i18n.ts'
import type { RefusedEdit } from '../../session/session.ts'
import { useSession } from '../../session/use-session.ts'
import { Button } from '../../ui/Button.tsx'
import { gridName } from '../records/people.ts'
import { Row } from '../../ui/Row.tsx'
import { AskLeader, HandoverState } from './AskLeader.tsx'
import { copyEdit } from './copy-edit.ts'
import { EditLines } from './EditLines.tsx'
import { LettingGo } from './LettingGo.tsx'
import { RefusedPhotos } from './RefusedPhotos.tsx'
import { linesOfEdit, reasonText, subjectOf, subjectPath } from './refused-lines.ts'
import styles from './refused.module.css'

export function RefusedCard(props: { readonly edit: RefusedEdit }): JSX.Element {
  const session = useSession()
  const subject = () => subjectOf(session.store, props.edit)
  const href = () => subjectPath(session.store, subject())
  const detail = () =>
    [subject().detail, props.edit.grid && gridName(session, props.edit.grid)].filter(Boolean).join(' · ')
  /** Those of another grid are not known here. */
  const leaders = () =>
    props.edit.grid === session.grid
      ? session.directory().staff.flatMap(({ role, name }) => (role === 'gridLeader' ? [name] : []))
      : []
  const lines = () => linesOfEdit(session.store, props.edit, session.context().now)
  return (
    <article class={styles.card}>
      <Row title={<strong>{subject().title}</strong>} detail={detail()} href={href()} />
      <div class={styles.body}>
        <p class={styles.why}>{reasonText(props.edit.reason)}</p>
        <EditLines lines={lines()} />
        <RefusedPhotos edit={props.edit} />
        <p class={styles.at}>{t('refused.foundAt', momentText(props.edit.at, session.context().now))}</p>
        <HandoverState handover={props.edit.handover} />
        <AskLeader edit={props.edit} leaders={leaders()} />
        <LettingGo
          label={t('refused.remove')}
          question={t('refused.sure')}
          no={t('refused.keep')}
          yes={t('refused.removeNow')}
          onYes={() => void session.dismissRefused(props.edit.id)}
        >
          <Button onClick={() => void copyEdit(session, props.edit)}>{t('refused.copy')}</Button>
        </LettingGo>
      </div>
    </article>
  )
}
