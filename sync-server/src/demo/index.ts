/** The demo: one fictional community, or the whole fictional street, made once at the first start. */
export { demoAccounts, demoPassword } from './staff.ts'
export { holdsDemo, installDemo, type DemoInstallation } from './install.ts'
