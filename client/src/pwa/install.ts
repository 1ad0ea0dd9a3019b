/** Putting the app on the home screen: the browser's own offer where there is one, else which way to explain. */
import { createSignal, type Accessor } from 'solid-js'

/** Chromium's event; not in the DOM library. */
interface InstallOffer extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>
}

export type Browser = 'wechat' | 'ios' | 'harmony' | 'android' | 'desktop'

const [offer, setOffer] = createSignal<InstallOffer>()

/** Present while the browser would install at a tap. */
export const installOffer: Accessor<InstallOffer | undefined> = offer

export function keepInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    setOffer(() => event as InstallOffer)
  })
  addEventListener('appinstalled', () => setOffer(undefined))
}

export async function install(): Promise<boolean> {
  const { outcome } = (await offer()?.prompt()) ?? { outcome: 'dismissed' }
  setOffer(undefined)
  return outcome === 'accepted'
}

export function isStandalone(): boolean {
  return (
    matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)
  )
}

export function browserOf(agent: string): Browser {
  if (/MicroMessenger|DingTalk|QQ\/|AliApp|Weibo/i.test(agent)) return 'wechat'
  if (/iPhone|iPad|iPod/i.test(agent)) return 'ios'
  if (/OpenHarmony|HarmonyOS|HuaweiBrowser/i.test(agent)) return 'harmony'
  return /Android/i.test(agent) ? 'android' : 'desktop'
}
