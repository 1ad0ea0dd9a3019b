// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { browserOf } from './install.ts'

const android = 'Mozilla/5.0 (Linux; Android 12; ABC-AL00) AppleWebKit/537.36 (KHTML, like Gecko)'

test.each([
  [`${android} Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0.50`, 'wechat'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50', 'wechat'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1', 'ios'],
  ['Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 Chrome/114.0 Safari/537.36 ArkWeb/4.1 Mobile', 'harmony'],
  [`${android} Chrome/120.0 Mobile Safari/537.36`, 'android'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36', 'desktop'],
])('[PWA7] %s is told the way of %s', (agent, browser) => {
  expect(browserOf(agent)).toBe(browser)
})
