/** The shapes of what the interface answers. The types of the protocol say the same to the compiler; it holds the two together. */
import type {
  AuditEntriesAnswer,
  AuditKeyAnswer,
  AuditProofAnswer,
  HandoverState,
  HttpRefusal,
  OwnHandoversAnswer,
  ParametersAnswer,
  RelayAnswer,
  SessionAnswer,
  WaitingHandoversAnswer,
} from '@tongge/protocol'
import type { SignedHead } from '@tongge/protocol/audit'
import * as v from 'valibot'
import { handedEdit, waitingHandover } from './handed-edit.ts'

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const instant = v.pipe(v.number(), v.safeInteger(), v.description('Milliseconds since 1970.'))
const hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/), v.description('Base64url of 32 bytes.'))
const grid = v.pipe(v.string(), v.regex(/^\d{15}$/))
const roles = v.pipe(v.array(v.string()), v.description("Ids of the model's policy."))

export const okAnswer: v.GenericSchema<{ readonly ok: true }> = v.object({ ok: v.literal(true) })

export const refusalAnswer: v.GenericSchema<HttpRefusal> = v.object({
  reason: v.picklist([
    'badRequest',
    'wrongPassword',
    'signedOut',
    'forbidden',
    'tooManyTries',
    'notFound',
    'tooLarge',
    'unavailable',
    'conflict',
    'invalid',
  ]),
  message: v.pipe(v.string(), v.description('For people.')),
  retryAfter: v.exactOptional(v.pipe(count, v.description('Seconds to wait.'))),
  field: v.exactOptional(v.pipe(v.string(), v.description('The path of what is wrong.'))),
})

export const sessionAnswer: v.GenericSchema<SessionAnswer> = v.object({
  account: v.string(),
  name: v.string(),
  roles,
  rolesIn: v.exactOptional(
    v.pipe(v.record(grid, roles), v.description('Grids in which only some of the roles are held.')),
  ),
  grids: v.array(grid),
  buildings: v.array(v.string()),
  documents: v.array(v.object({ name: v.string(), write: v.boolean() })),
  isRestored: v.exactOptional(v.literal(true)),
  leaseHours: v.exactOptional(v.pipe(count, v.description('Without contact, on a device. Absent: 72.'))),
})

export const relayAnswer: v.GenericSchema<RelayAnswer> = v.object({
  demo: v.union([
    v.literal(false),
    v.object({
      password: v.string(),
      accounts: v.array(v.object({ account: v.string(), name: v.string(), role: v.string() })),
    }),
  ]),
  version: v.string(),
})

export const auditKeyAnswer: v.GenericSchema<AuditKeyAnswer> = v.object({ log: v.string(), key: hash })

export const signedHead: v.GenericSchema<SignedHead> = v.object({
  log: v.string(),
  size: count,
  root: hash,
  at: instant,
  key: hash,
  signature: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{86}$/)),
})

export const auditProofAnswer: v.GenericSchema<AuditProofAnswer> = v.object({ proof: v.array(hash) })

export const auditEntriesAnswer: v.GenericSchema<AuditEntriesAnswer> = v.object({
  size: count,
  entries: v.pipe(v.array(v.string()), v.description('JSON texts, the leaves of the log.')),
})

export const parametersAnswer: v.GenericSchema<ParametersAnswer> = v.object({
  parameters: v.pipe(v.looseObject({}), v.description('What the community set; see docs/interfaces.md.')),
  version: count,
  changedAt: v.exactOptional(instant),
  changedBy: v.exactOptional(v.string()),
})

export const handoverState: v.GenericSchema<HandoverState> = v.object({
  id: v.string(),
  state: v.picklist(['waiting', 'adopted', 'discarded']),
  decidedAt: v.exactOptional(instant),
  decidedBy: v.exactOptional(v.string()),
})

export const ownHandovers: v.GenericSchema<OwnHandoversAnswer> = v.object({ handovers: v.array(handoverState) })

export const waitingHandovers: v.GenericSchema<unknown, WaitingHandoversAnswer> = v.object({
  handovers: v.array(waitingHandover),
})

/** By the names under which the description lists them. */
export const namedAnswers: ReadonlyMap<v.GenericSchema, string> = new Map<v.GenericSchema, string>([
  [okAnswer, 'Ok'],
  [refusalAnswer, 'HttpRefusal'],
  [sessionAnswer, 'SessionAnswer'],
  [relayAnswer, 'RelayAnswer'],
  [auditKeyAnswer, 'AuditKeyAnswer'],
  [signedHead, 'SignedHead'],
  [auditProofAnswer, 'AuditProofAnswer'],
  [auditEntriesAnswer, 'AuditEntriesAnswer'],
  [parametersAnswer, 'ParametersAnswer'],
  [handedEdit, 'HandedEdit'],
  [handoverState, 'HandoverState'],
  [ownHandovers, 'OwnHandoversAnswer'],
  [waitingHandover, 'WaitingHandover'],
  [waitingHandovers, 'WaitingHandoversAnswer'],
])
