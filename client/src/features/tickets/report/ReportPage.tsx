/** 上报: one screen for one hand. What is likely is chosen already; everything else can be added later. */
import { useNavigate, useSearchParams } from '@solidjs/router'
import { findSimilarTickets, mayStep, type FieldProblem, type RecordId } from '@tongge/model'
import Send from 'lucide-solid/icons/send'
import { createMemo, createSignal, onMount, Show, type JSX } from 'solid-js'
import { t } from '../../../i18n/i18n.ts'
import { paths } from '../../../paths.ts'
import { useSession } from '../../../session/use-session.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Choice } from '../../../ui/Choice.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { RestoredDraft } from '../../drafts/RestoredDraft.tsx'
import { problemText, refusalText, useActs } from '../../ledger/record/use-acts.ts'
import { PhotoInput } from '../../photos/PhotoInput.tsx'
import { gridName } from '../../records/people.ts'
import { buildingName } from '../buildings.ts'
import { categoryName } from '../category-view.ts'
import { Pane } from '../Pane.tsx'
import { mayNameReporter } from '../reporter-view.ts'
import { useTickets } from '../tickets-context.ts'
import { CategoryNote, CategoryTiles } from './CategoryTiles.tsx'
import { FoundAt } from './FoundAt.tsx'
import { keptDraft, rememberBuilding } from './kept-draft.ts'
import { isDetail, MoreFields } from './MoreFields.tsx'
import { PlaceFields } from './PlaceFields.tsx'
import styles from './report.module.css'
import { SimilarHint } from './SimilarHint.tsx'
import { useUnsent } from './use-unsent.ts'

export function ReportPage(): JSX.Element {
  const session = useSession()
  const navigate = useNavigate()
  const [query] = useSearchParams()
  const { tickets, now, isWide, list } = useTickets()
  const { tryAct } = useActs()
  const { draft, isRestored, sent } = keptDraft(session)
  const wasHere = draft.isDirty()
  const wasBegun = () => wasHere || isRestored()
  const [problems, setProblems] = createSignal<readonly FieldProblem[]>([])
  const [refusal, setRefusal] = createSignal('')
  const [showMore, setShowMore] = createSignal(false)
  let form: HTMLDivElement | undefined
  useUnsent(draft)
  onMount(() => {
    const { at } = query
    if (typeof at === 'string' && buildingName(session, at as RecordId) !== '') draft.set('building', at as RecordId)
    if (!wasBegun()) form?.querySelector('input')?.focus()
  })

  const names = {
    category: categoryName,
    building: (id: RecordId) => buildingName(session, id),
    grid: () => gridName(session, session.grid),
  }
  const birth = () => draft.birth(now(), names)
  // Two emergencies somewhere in a grid are not the same one.
  const similar = createMemo(() =>
    draft.category() === '' || !draft.saysPlace() ? [] : findSimilarTickets(tickets(), birth()),
  )
  const problem = (field: string): string | undefined => {
    const found = problems().find((one) => one.field === field)
    if (!found) return undefined
    return field === 'category' ? t('tickets.form.categoryMissing') : problemText(found)
  }
  const submit = (): void => {
    setRefusal('')
    const { building, description, photos } = draft.fields
    const answer = tryAct(
      {
        do: 'reportTicket',
        birth: draft.birth(session.context().now, names),
        description: description.trim(),
        evidence: photos,
        ...(mayNameReporter(session.roles) && { reporter: draft.reporter() }),
      },
      t('tickets.form.saved'),
    )
    if (answer.ok) {
      const [ticket] = answer.created
      rememberBuilding(session, building)
      sent(answer.saved)
      if (ticket) navigate(paths.ticket(ticket) + (isWide() ? list.query : ''), { replace: true })
      return
    }
    const { refusal } = answer
    if (refusal.reason !== 'invalid') return void setRefusal(refusalText(refusal))
    setProblems(refusal.problems)
    setRefusal(t('tickets.form.fix'))
    if (refusal.problems.some(({ field }) => isDetail(field))) setShowMore(true)
    queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const clear = (): void => {
    draft.clear()
    setProblems([])
    setRefusal('')
  }

  return (
    <Pane
      title={t('tickets.form.title')}
      foot={
        <Button
          kind="primary"
          wide
          icon={<Send size="1.25rem" aria-hidden="true" />}
          disabled={!mayStep(session.roles, 'submit')}
          onClick={submit}
        >
          {similar().length > 0 ? t('tickets.form.submitAnyway') : t('tickets.form.submit')}
        </Button>
      }
    >
      <div class={styles.form} ref={form}>
        <Show when={wasBegun() && draft.isDirty()}>
          <RestoredDraft text={t('tickets.form.restored')} discard={t('tickets.form.discard')} onDiscard={clear} />
        </Show>
        <Show when={refusal()}>{(text) => <Banner tone="danger" title={text()} />}</Show>
        <TextInput
          label={t('tickets.form.what')}
          placeholder={t('tickets.form.whatPlaceholder')}
          enterkeyhint="next"
          maxlength={60}
          required
          error={problem('title')}
          value={draft.fields.title}
          onInput={(text) => draft.set('title', text)}
        />
        <CategoryTiles draft={draft} error={problem('category')} />
        <PlaceFields draft={draft} error={problem('place') ?? problem('building')} />
        <PhotoInput photos={draft.fields.photos} onChange={(photos) => draft.set('photos', photos)} />
        <SimilarHint tickets={similar()} />
        <div class={styles.pair}>
          <Choice
            label={t('tickets.form.severity')}
            value={draft.severity()}
            options={(['normal', 'major'] as const).map((value) => ({ value, label: t(`tickets.severity.${value}`) }))}
            onChange={(severity) => draft.set('severity', severity)}
          />
          <FoundAt draft={draft} error={problem('occurredAt')} />
        </div>
        <CategoryNote code={draft.category()} />
        <MoreFields draft={draft} open={showMore()} onToggle={setShowMore} problem={problem} />
      </div>
    </Pane>
  )
}
