/** What a run of the gates was asked for. A word or a number that is not understood is refused: a run that tests nothing must not look like one that passed. */

/** How much the random tests do; each is a whole number from 1. */
const counts = ['TONGGE_SEEDS', 'TONGGE_KILLS', 'TONGGE_CLUSTER_KILLS'] as const
/** Any whole number, also 0. */
const seeds = ['TONGGE_SEED'] as const

export function refusals(
  names: readonly string[],
  gates: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const unknown = names.filter((name) => !gates.includes(name))
  return [
    ...unknown.map((name) => `There is no gate "${name}". There are: ${gates.join(', ')}.`),
    ...counts.flatMap((name) => problem(name, env[name], /^0*[1-9]\d*$/, 'a whole number from 1')),
    ...seeds.flatMap((name) => problem(name, env[name], /^\d+$/, 'a whole number')),
  ]
}

function problem(name: string, text: string | undefined, shape: RegExp, wanted: string): readonly string[] {
  if (text === undefined || (shape.test(text) && Number.isSafeInteger(Number(text)))) return []
  return [`${name} is "${text}"; it must be ${wanted}.`]
}
