import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { strays } from './strays.ts'

const root = join(import.meta.dirname, '..', '..')
const view = join(root, 'client', 'src')

function viewFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return path === join(view, 'i18n') ? [] : viewFiles(path)
    return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) && !/^(?:scratch|test-)/.test(entry.name)
      ? [path]
      : []
  })
}

describe('texts of the app', () => {
  it('[I18N1] no text stands outside the dictionaries', () => {
    const found = viewFiles(view).flatMap((file) =>
      strays(readFileSync(file, 'utf8'), file).map((line) => `${relative(root, file)}:${line}`),
    )
    expect(found).toEqual([])
  })

  it.each([
    ['已同步', '<p>已同步</p>'],
    ['已同步', "const said = { saved: '已同步' }"],
    ['Save now', '<Button>Save now</Button>'],
    ['Save now', '<Button>\n  Save now\n</Button>'],
    ['Save Now', '<Button>Save Now</Button>'],
    ['Save now.', '<p>Save now.</p>'],
    ["Don't save", "<p>Don't save</p>"],
    ['Saved', '<p>Saved {n()} rows</p>'],
    ['rows', '<p>{n()} rows</p>'],
    ['Wi-Fi off', '<p>Wi-Fi off</p>'],
    ['Save now', "<p>{'Save now'}</p>"],
    ['Save', "<p>{isOpen() ? `Save ${n()}` : ''}</p>"],
    ['Name', '<input placeholder="Name" />'],
    ['Save', '<Field label="Save" />'],
    ['Close', "<IconButton aria-label={'Close'} />"],
    ['Wait', "<Show when={ready()} fallback={() => 'Wait'} />"],
    ['Saved', "toast('Saved')"],
    ['Undo', "toast(t('saved'), { label: 'Undo', run })"],
    ['Tongge', "document.title = 'Tongge'"],
  ])('[I18N1] a stray text is caught: %s in %s', (text, source) => {
    const found = strays(source.startsWith('<') ? `const view = ${source}` : source)
    expect(found.map((line) => line.replace(/^\d+: /, ''))).toContain(text)
  })

  it('[I18N1] comments, names for the machine and signs are no texts', () => {
    expect(strays('// 户\nconst household = 1 /* 户 */')).toEqual([])
    expect(strays('const view = <p class="name">{t("saved")} · {n()} %</p>')).toEqual([])
    expect(strays("const places = [{ label: 'app.today' }]")).toEqual([])
    expect(strays('const view = <button type="button" role="tab" onClick={() => go("/ledger")} />')).toEqual([])
  })
})
