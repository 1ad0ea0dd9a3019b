/**
 * Solid writes the markup of its templates, constants of the build, into `innerHTML`. That one place gets a policy of its own, out of reach
 * of everything else, so that a browser with Trusted Types may refuse all other text that would become markup.
 */
import type { Plugin } from 'vite'

const place = 't.innerHTML = html;'

export function trustedTemplates(): Plugin {
  let isFound = false
  return {
    name: 'trusted-templates',
    apply: 'build',
    transform(code, id) {
      if (!id.replaceAll('\\', '/').endsWith('/solid-js/web/dist/web.js')) return undefined
      if (code.split(place).length !== 2) this.error(`solid-js/web has not one "${place}"`)
      isFound = true
      const policy =
        "const templates = globalThis.trustedTypes?.createPolicy('templates', { createHTML: (html) => html });\n"
      return {
        code: policy + code.replace(place, 't.innerHTML = templates ? templates.createHTML(html) : html;'),
        map: null,
      }
    },
    buildEnd(error) {
      if (!error && !isFound) this.error('solid-js/web is not in the build')
    },
  }
}
