/** Asks once per device, right after the first edit was saved, and says what the browser answered. */
import { createEffect } from 'solid-js'
import { t } from '../i18n/i18n.ts'
import { paths } from '../paths.ts'
import { useNavigate } from '@solidjs/router'
import { useSession } from '../session/use-session.ts'
import { toast } from '../ui/toast.ts'
import { askPersistence, readPersistence } from './storage-persistence.ts'

const key = 'tongge.persistence-asked'

export function PersistenceAsk(): null {
  const session = useSession()
  const navigate = useNavigate()
  let asked = localStorage.getItem(key) !== null
  createEffect(() => {
    const { light, waiting } = session.light()
    const saved = light === 'saved' && waiting.households + waiting.people + waiting.tickets + waiting.others > 0
    if (!saved || asked) return
    asked = true
    localStorage.setItem(key, '1')
    void ask()
  })
  const ask = async () => {
    if ((await readPersistence()) !== 'refused') return
    const granted = (await askPersistence()) === 'granted'
    toast(granted ? t('pwa.persistenceGranted') : t('pwa.persistenceRefused'), { label: t('pwa.details'), run: () => navigate(paths.storage) })
  }
  return null
}
