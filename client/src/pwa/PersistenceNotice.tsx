/** The session asks the browser to keep the data at the first save; this says once per device what it answered. */
import { useNavigate } from '@solidjs/router'
import { createEffect } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { useSession } from '../session/use-session.ts'
import { toast } from '../ui/toast.ts'

const key = 'tongge.persistence-told'

export function PersistenceNotice(): null {
  const session = useSession()
  const navigate = useNavigate()
  let told = localStorage.getItem(key) !== null
  createEffect(() => {
    const { light, waiting } = session.light()
    const hasSaved = light === 'saved' && waiting.households + waiting.people + waiting.tickets + waiting.others > 0
    if (!hasSaved || told) return
    told = true
    localStorage.setItem(key, '1')
    void tell()
  })
  const tell = async () => {
    const answer = await session.storage.persistence()
    const text = answer === 'granted' ? t('pwa.persistenceGranted') : t('pwa.persistenceRefused')
    toast(text, { label: t('pwa.details'), run: () => navigate(paths.storage) })
  }
  return null
}
