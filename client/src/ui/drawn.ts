/** Icons drawn once and copied: a copy costs a tenth of a drawing, and a list on a slow phone holds a hundred of them. */
import type { JSX } from 'solid-js'
import { render } from 'solid-js/web'

/** Draws what never changes at the first call; every call gives a copy of its own. */
export function drawn(draw: () => JSX.Element): () => Node {
  let first: Node | undefined
  return () => {
    if (first === undefined) {
      const holder = document.createElement('span')
      const dispose = render(draw, holder)
      first = (holder.firstElementChild ?? holder).cloneNode(true)
      dispose()
    }
    return first.cloneNode(true)
  }
}
