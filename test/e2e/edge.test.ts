/** What the browser itself keeps from happening to the app. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lightSays, signIn } from './flows.ts'
import { openDevice, startRelay, type Device, type Relay } from './stage.ts'

describe('the app in a browser', () => {
  let relay: Relay
  let device: Device
  let page: Page
  beforeAll(async () => {
    relay = await startRelay()
    device = await openDevice('phone')
    ;({ page } = device)
    await signIn(device, relay.url, '林晓燕')
    await lightSays(page, /已同步/)
  })
  afterAll(async () => {
    await device?.close()
    await relay?.close()
  })

  it('[HTTP17] text becomes neither markup nor code, and only the app’s own files become workers', async () => {
    const outcomes = await page.evaluate(() => {
      const attempt = (work: () => unknown): string => {
        try {
          work()
          return 'done'
        } catch (error) {
          return error instanceof Error ? error.name : 'refused'
        }
      }
      const script = document.createElement('script')
      return {
        markup: attempt(() => (document.createElement('p').innerHTML = '<b>x</b>')),
        frame: attempt(() => (document.createElement('iframe').srcdoc = '<p>')),
        parsed: attempt(() => document.createRange().createContextualFragment('<b>x</b>')),
        written: attempt(() => document.write('<b>x</b>')),
        text: attempt(() => (script.text = '1')),
        elsewhere: attempt(() => (script.src = 'https://elsewhere.example/x.js')),
        ownFile: attempt(() => (script.src = '/api/relay')),
        worker: attempt(() => new Worker('data:text/javascript,1')),
        policy: attempt(() =>
          (
            globalThis as unknown as { readonly trustedTypes: { createPolicy(name: string, rules: object): unknown } }
          ).trustedTypes.createPolicy('another', {}),
        ),
      }
    })
    // What the test itself runs may make code of text; a timer of the page may not.
    const code = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          setTimeout(() => {
            try {
              // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- it is what is to be refused.
              resolve(String(new Function('return 1')()))
            } catch (error) {
              resolve(error instanceof Error ? error.name : 'refused')
            }
          })
        }),
    )
    const refusals = device.violations.splice(0)
    expect(outcomes).toEqual(Object.fromEntries(Object.keys(outcomes).map((key) => [key, 'TypeError'])))
    expect(code).toBe('EvalError')
    expect(refusals).not.toEqual([])
  })
})
