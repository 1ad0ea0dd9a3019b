/** Asks the browser to keep the data for good; a refusal is usual and no error. */

export type Persistence = 'granted' | 'refused' | 'unsupported'

export async function readPersistence(): Promise<Persistence> {
  if (!navigator.storage?.persisted) return 'unsupported'
  return (await navigator.storage.persisted()) ? 'granted' : 'refused'
}

export async function askPersistence(): Promise<Persistence> {
  if (!navigator.storage?.persist) return 'unsupported'
  return (await navigator.storage.persist()) ? 'granted' : 'refused'
}
