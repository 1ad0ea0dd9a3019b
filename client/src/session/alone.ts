/** Work that no other tab of this browser does at the same time. */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (!('locks' in navigator)) return work()
  return (await navigator.locks.request(name, work)) as T
}
