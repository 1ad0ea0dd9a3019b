/** Finds texts that a person would read and that stand in the code instead of a dictionary. */
import { parseSync } from 'vite'

/** As much of a syntax tree as is needed to walk it. */
interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** Attributes that hold names for the machine. Every other attribute is taken for a text, so that a new one must be named here. */
const machineAttributes = new Set(
  'accept aria-current aria-describedby aria-haspopup aria-hidden aria-invalid aria-labelledby aria-live autocapitalize autocomplete class component download enterkeyhint fill how href id inputmode kind list name role shape size stroke tone transform type value'.split(
    ' ',
  ),
)
/** Calls whose texts are shown. */
const speakingCalls = new Set(['toast', 'alert', 'confirm', 'prompt', 'Notification'])
/** Properties whose texts are shown, in an object or set on an element. */
const speakingProperties = new Set(['ariaLabel', 'hint', 'innerText', 'label', 'placeholder', 'textContent', 'title'])

const chinese = /[\u3400-\u9fff\uff00-\uffef]/
const letter = /\p{L}/u
/** A place in the dictionaries, such as `app.today`. */
const key = /^[a-z]\w*(?:\.\w+)+$/

/** Line and text of each stray, in the order of the source. `file` tells whether `<` may open an element. */
export function strays(source: string, file = 'source.tsx'): readonly string[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('; '))
  const found = new Map<number, string>()
  const note = (node: Node, shape: RegExp): void => {
    for (const { start, text } of textsIn(node)) if (shape.test(text) && !key.test(text)) found.set(start, text.trim())
  }
  walk(program as unknown as Node, (node) => {
    for (const shown of shownBy(node)) note(shown, letter)
    note(node, chinese)
  })
  return [...found]
    .toSorted(([a], [b]) => a - b)
    .map(([start, text]) => `${source.slice(0, start).split('\n').length}: ${text}`)
}

/** What of a node is put before a person. */
function shownBy(node: Node): readonly Node[] {
  switch (node.type) {
    case 'JSXText':
      return [node]
    case 'JSXElement':
    case 'JSXFragment':
      return children(node['children']).flatMap((child) =>
        child.type === 'JSXExpressionContainer' ? children(child['expression']) : [],
      )
    case 'JSXAttribute': {
      const name = nameOf(node['name'])
      if (machineAttributes.has(name) || /^on[A-Z]/.test(name)) return []
      return children(node['value']).flatMap((value) =>
        value.type === 'JSXExpressionContainer' ? children(value['expression']) : [value],
      )
    }
    case 'CallExpression':
    case 'NewExpression':
      return speakingCalls.has(nameOf(node['callee'])) ? children(node['arguments']) : []
    case 'Property':
      return speakingProperties.has(nameOf(node['key'])) ? children(node['value']) : []
    case 'AssignmentExpression': {
      const [target] = children(node['left'])
      const isShown = target?.type === 'MemberExpression' && speakingProperties.has(nameOf(target['property']))
      return isShown ? children(node['right']) : []
    }
    default:
      return []
  }
}

/** The texts that an expression may come to, as far as they stand in it. */
function textsIn(node: Node): readonly { readonly start: number; readonly text: string }[] {
  switch (node.type) {
    case 'JSXText':
    case 'Literal':
      return typeof node['value'] === 'string' ? [{ start: node.start, text: node['value'] }] : []
    case 'TemplateLiteral':
      return children(node['quasis']).map((part) => ({
        start: part.start,
        text: (part['value'] as { readonly raw: string }).raw,
      }))
    case 'ConditionalExpression':
      return [...children(node['consequent']), ...children(node['alternate'])].flatMap(textsIn)
    case 'LogicalExpression':
    case 'BinaryExpression':
      return node.type === 'LogicalExpression' || node['operator'] === '+'
        ? [...children(node['left']), ...children(node['right'])].flatMap(textsIn)
        : []
    case 'ArrowFunctionExpression':
      return children(node['body']).flatMap(textsIn)
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
      return children(node['expression']).flatMap(textsIn)
    default:
      return []
  }
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node)) for (const child of children(value)) walk(child, visit)
}

function children(value: unknown): readonly Node[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (one): one is Node =>
      typeof one === 'object' && one !== null && typeof (one as { type?: unknown }).type === 'string',
  )
}

function nameOf(value: unknown): string {
  const [node] = children(value)
  if (!node) return ''
  if (node.type === 'JSXNamespacedName') return `${nameOf(node['namespace'])}:${nameOf(node['name'])}`
  if (node.type === 'MemberExpression') return nameOf(node['property'])
  if (node.type === 'Literal') return String(node['value'])
  return typeof node['name'] === 'string' ? node['name'] : ''
}
