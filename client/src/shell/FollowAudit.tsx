/** Has the audit log followed while there is a network, a while after the start and each hour, and says when something is wrong with it. */
import { useNavigate } from '@solidjs/router'
import { createEffect, createMemo, onCleanup } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session/use-session.ts'
import { toast } from '../ui/toast.ts'

const after = 5000
const every = 3_600_000

export function FollowAudit(): null {
  const session = useSession()
  const navigate = useNavigate()
  const isOnline = createMemo(() => session.light().connection === 'online')
  const look = async (): Promise<void> => {
    const { followAudit } = await import('../session/follow-audit.ts')
    if (await followAudit()) toast(t('sync.doubt.title'), { label: t('pwa.details'), run: () => navigate(paths.sync) })
  }
  createEffect(() => {
    if (!isOnline()) return
    // What is not loaded this time is loaded the next.
    const lookQuietly = (): void => void look().catch(() => undefined)
    const first = setTimeout(lookQuietly, after)
    const timer = setInterval(lookQuietly, every)
    onCleanup(() => {
      clearTimeout(first)
      clearInterval(timer)
    })
  })
  return null
}
