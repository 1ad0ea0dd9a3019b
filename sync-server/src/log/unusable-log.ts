/** The store is not the log it should be; starting with it would tell every client that nothing is stored. */
export class UnusableLogError extends Error {
  override readonly name = 'UnusableLogError'
}
