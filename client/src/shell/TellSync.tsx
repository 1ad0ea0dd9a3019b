/** Says what a sync brought as soon as it is done, over whatever page one is on, and opens to the records it touched. */
import { createEffect, createMemo, createSignal, lazy, on, Show, Suspense, type JSX } from 'solid-js'
import { summaryText } from '../features/sync/summary-text.ts'
import { t } from '../i18n/i18n.ts'
import { useSession } from '../session/use-session.ts'
import { toast } from '../ui/toast.ts'

const SyncSheet = lazy(async () => ({ default: (await import('../features/sync/SyncSheet.tsx')).SyncSheet }))

export function TellSync(): JSX.Element {
  const session = useSession()
  const [open, setOpen] = createSignal(false)
  const begun = Date.now()
  // Older ones that are read from the device meanwhile are no reason to say it again.
  const newest = createMemo(() => session.summaries()[0])
  createEffect(
    on(newest, (summary) => {
      // Those from before the page was loaded were told then.
      if (!summary || summary.isFirst || summary.at < begun) return
      toast(summaryText(summary, session.store), { label: t('pwa.details'), run: () => setOpen(true) })
    }),
  )
  return (
    <Show when={open()}>
      <Suspense>
        <SyncSheet opensNewest onClose={() => setOpen(false)} />
      </Suspense>
    </Show>
  )
}
