/** Loaded when something was refused, which is rare: it judges as the relay does. */
export { documentShape, replay } from '@tongge/crdt'
