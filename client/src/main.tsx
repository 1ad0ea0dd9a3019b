/** Where the app starts: preferences, the remembered session, the view, the service worker. */
import './styles/base.css'
import './pwa/trusted-types.ts'
import { render } from 'solid-js/web'
import { App } from './App.tsx'
import { applyPreferences } from './features/me/preferences.ts'
import { keepInstallOffer } from './pwa/install.ts'
import { registerWorker } from './pwa/register.ts'
import { resume } from './session/account.ts'

const languageReady = applyPreferences()
keepInstallOffer()
void resume()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
void languageReady.then(() => {
  render(() => <App />, root)
  registerWorker()
})
